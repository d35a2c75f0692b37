// Looks again at what the portal is at, until it is through: the part of the page is replaced, and then the page.
(() => {
  const PAUSE = 2000;
  const look = async () => {
    const shown = document.querySelector('[data-progress]');
    if (!shown) return;
    try {
      const answer = await fetch(location.href, { credentials: 'same-origin', headers: { accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = page.querySelector('[data-progress]');
      if (!next || next.dataset.progress !== shown.dataset.progress) {
        location.reload();
        return;
      }
      const [bar, now] = [shown.querySelector('progress'), next.querySelector('progress')];
      if (bar && now) {
        bar.max = now.max;
        if (now.hasAttribute('value')) bar.value = now.value;
      }
      const [words, said] = [shown.querySelector('[role=status]'), next.querySelector('[role=status]')];
      if (words && said && words.textContent !== said.textContent) words.textContent = said.textContent;
    } catch {
      // The line is away for a moment.
    }
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
})();
