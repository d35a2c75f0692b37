// The list follows what is typed into the field above it. The server makes the list; without this script a button sends
// the form.
(() => {
  const form = document.querySelector('form[data-live]');
  const place = form && document.getElementById(form.dataset.live);
  if (!place) return;
  const said = document.getElementById(`${form.dataset.live}-said`);
  let wait = 0;
  let asked = null;
  let last = address();

  function address() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) query.append(name, value.trim());
    return query.size ? `${form.action}?${query}` : form.action;
  }

  async function look() {
    const url = address();
    if (url === last) return;
    last = url;
    asked?.abort();
    const mine = (asked = new AbortController());
    place.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: 'text/html' } });
      // Signed out, out of order: the page itself says it better.
      if (!answer.ok || answer.redirected) return location.assign(url);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.getElementById(place.id);
      if (!found) return location.assign(url);
      place.replaceChildren(...found.childNodes);
      const words = page.getElementById(said?.id ?? '');
      if (said && words && said.textContent !== words.textContent) said.textContent = words.textContent;
      history.replaceState(history.state, '', url);
    } catch {
      // Another letter came, or the network is away: the button still works.
      if (mine === asked) last = '';
    } finally {
      if (mine === asked) place.removeAttribute('aria-busy');
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(look, 150);
  });
})();
