import { useEffect } from 'react';

const MARK = /^\(\d+\+?\) /;

/** Puts how many wait before the page's title, such as `(3) Withdrawals`: seen from another tab, too. */
export function useUnreadTitle(count: string | null): void {
  useEffect(() => {
    const mark = () => {
      const plain = document.title.replace(MARK, '');
      const title = count ? `(${count}) ${plain}` : plain;
      if (document.title !== title) document.title = title;
    };
    mark();
    // Every page brings its own title, a moment after its address.
    const titles = new MutationObserver(mark);
    titles.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => titles.disconnect();
  }, [count]);
}
