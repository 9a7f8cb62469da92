export const bannerClass = 'flex flex-wrap items-center gap-x-2 px-3 py-2 text-sm sm:px-6';
