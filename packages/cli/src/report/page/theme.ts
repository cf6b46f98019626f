// Runs in the head, before anything is drawn, so that a page read in the dark does not flash.
{
  const STORE = 'portcullis-theme';
  const root = document.documentElement;
  root.classList.add('scripted');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = read();
  if (chosen !== null) root.dataset.theme = chosen;

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (button === null) return;
    const show = () => button.setAttribute('aria-pressed', String(isDark()));
    show();
    dark.addEventListener('change', () => {
      show();
      document.dispatchEvent(new Event('theme'));
    });
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      write(root.dataset.theme);
      show();
      document.dispatchEvent(new Event('theme'));
    });
  });

  function isDark(): boolean {
    return root.dataset.theme === undefined ? dark.matches : root.dataset.theme === 'dark';
  }

  /** A page opened from a file may have no storage. */
  function read(): string | null {
    try {
      const stored = localStorage.getItem(STORE);
      return stored === 'dark' || stored === 'light' ? stored : null;
    } catch {
      return null;
    }
  }

  function write(theme: string): void {
    try {
      localStorage.setItem(STORE, theme);
    } catch {
      // Chosen for this visit only
    }
  }
}
