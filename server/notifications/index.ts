export { type Announcement, Announcer } from './announcer.ts';
