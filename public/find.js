// The box on top of every page answers while one types, and Ctrl-K or Cmd-K leads there. What it shows is read from the
// page of results, so it shows no more than that. Without this script the box is a form.
(() => {
  const form = document.querySelector('form[data-find]');
  if (!form) return;
  const input = form.querySelector('input');
  const list = form.querySelector('[role=listbox]');
  const said = form.querySelector('[aria-live]');
  const MOMENT = 300;
  let wait = 0;
  let asked = null;
  let last = '';
  let from = null;

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');

  const options = () => [...list.querySelectorAll('[role=option]')];
  const chosen = () => list.querySelector('[aria-selected=true]');

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function choose(option) {
    chosen()?.setAttribute('aria-selected', 'false');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  // A group of the page as a group of the list; what leads to all of it is its last option.
  function group(section, at) {
    const group = document.createElement('div');
    const title = document.createElement('p');
    title.className = 'find-title';
    title.id = `find-group-${at}`;
    title.textContent = section.querySelector('h2').textContent;
    group.setAttribute('role', 'group');
    group.setAttribute('aria-labelledby', title.id);
    group.append(title);
    for (const link of [...section.querySelectorAll('li .title'), ...section.querySelectorAll('.panel-head a')]) {
      const option = document.createElement('a');
      option.href = link.getAttribute('href');
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.tabIndex = -1;
      option.append(...link.childNodes);
      const meta = link.parentElement.querySelector('.meta');
      if (meta) {
        const small = document.createElement('small');
        small.textContent = meta.textContent;
        option.append(' ', small);
      }
      group.append(option);
    }
    return group;
  }

  // What takes longer than a moment shows the shape of what comes.
  function shape() {
    const rows = document.createElement('div');
    rows.setAttribute('aria-hidden', 'true');
    for (let at = 0; at < 3; at += 1) {
      const row = document.createElement('div');
      row.className = 'skeleton-row';
      for (const name of ['skeleton skeleton--icon', 'skeleton', 'skeleton skeleton--short']) {
        const bar = document.createElement('span');
        bar.className = name;
        row.append(bar);
      }
      rows.append(row);
    }
    list.replaceChildren(rows);
    list.setAttribute('aria-busy', 'true');
    list.hidden = false;
  }

  async function look() {
    const words = input.value.trim();
    if (words === last) return;
    last = words;
    asked?.abort();
    if (!words) return close();
    const mine = (asked = new AbortController());
    const slow = setTimeout(shape, MOMENT);
    try {
      const url = `${form.action}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.getElementById('found');
      // Signed out or out of order: Enter leads to the page that says so.
      if (!answer.ok || !found) return close();
      const sections = [...found.querySelectorAll('section[aria-labelledby]')];
      list.replaceChildren(...sections.map(group));
      options().forEach((option, at) => (option.id = `find-option-${at}`));
      said.textContent = page.getElementById('found-said').textContent;
      input.removeAttribute('aria-activedescendant');
      list.hidden = !sections.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
    } catch {
      if (mine !== asked) return;
      last = '';
      close();
    } finally {
      clearTimeout(slow);
      if (mine === asked) list.removeAttribute('aria-busy');
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(look, 150);
  });

  input.addEventListener('keydown', (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === 'Escape') {
      event.preventDefault();
      // First the list, then the words, then back to where one came from.
      if (!list.hidden) return close();
      input.value = last = '';
      const back = from;
      from = null;
      return back?.isConnected ? back.focus() : input.blur();
    }
    if (list.hidden || !all.length || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      all[at].click();
    }
  });

  input.addEventListener('focus', () => {
    if (input.value.trim() && options().length) {
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
    }
  });
  form.addEventListener('focusout', (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // A press on an option must not take the focus away before it is a click.
  list.addEventListener('mousedown', (event) => event.preventDefault());

  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // Where the box has no room its page is asked instead.
    event.preventDefault();
    if (!input.offsetParent) return location.assign(form.action);
    if (document.activeElement !== input) from = document.activeElement;
    input.focus();
    input.select();
  });
})();
