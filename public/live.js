// Keeps the bell, the title, the badge of an installed app and the parts of a page that follow what happens true while the
// page is open. One tab of a browser holds the connection and tells the others; where streams do not come through, it asks.
// Without this script the bell is a link, and every page says how it stood.
(() => {
  const bell = document.getElementById('bell');
  if (!bell?.dataset.live) return;
  const { live, who, none, count } = bell.dataset;
  const number = bell.querySelector('.bell-count');
  // A title that counts something else keeps its number.
  const [, before, base] = /^(?:\((\d+\+?)\) )?([\s\S]*)$/.exec(document.title);
  const counts = !before || before === number.textContent;
  const POLL = 60_000;
  const SOON = 3_000;
  let known = '';

  function show(unread) {
    const text = unread < 10 ? String(unread) : '9+';
    number.textContent = text;
    number.hidden = unread === 0;
    bell.setAttribute('aria-label', unread === 0 ? none : count.replace('#', text));
    if (counts) document.title = unread === 0 ? base : `(${text}) ${base}`;
    // A badge is a number or a mark: whoever has more than nine gets the mark.
    const badge = unread === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(unread < 10 ? unread : undefined);
    badge?.catch(() => {});
  }

  // Parts that follow an area are fetched again and replaced, unless somebody is in them: then as soon as they leave.
  const late = new Set();
  const typed = (field) => (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.tagName !== 'SELECT' && field.value !== field.defaultValue);
  const busy = (part) =>
    part.contains(document.activeElement) ||
    Boolean(part.querySelector('dialog[open], [popover]:popover-open')) ||
    [...part.querySelectorAll('input, textarea, select')].some(typed);

  async function renew(parts) {
    const answer = await fetch(location.href, { headers: { accept: 'text/html', 'x-kontor-by-itself': '1' } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts) {
      const fresh = part.id && page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML) continue;
      if (busy(part)) {
        late.add(part);
        continue;
      }
      late.delete(part);
      const at = [scrollX, scrollY];
      part.replaceChildren(...fresh.childNodes);
      scrollTo(...at);
    }
  }

  let renewing = Promise.resolve();
  const queue = (parts) => {
    if (parts.length) renewing = renewing.then(() => renew(parts)).catch(() => {});
  };
  const follows = (part, areas) => {
    const wanted = part.dataset.liveArea.split(' ');
    return wanted.includes('notifications') || areas.some((area) => wanted.includes(area));
  };
  document.addEventListener('focusout', () => setTimeout(() => queue([...late].filter((part) => !busy(part))), 200));

  function take({ unread, areas, newest }) {
    show(unread);
    known = newest ?? known;
    const parts = [...document.querySelectorAll('[data-live-area]')];
    queue(parts.filter((part) => follows(part, areas)));
  }

  const channel = window.BroadcastChannel ? new BroadcastChannel(`kontor-live-${who}`) : null;
  if (channel) channel.onmessage = ({ data }) => take(data);
  let told = JSON.stringify({ unread: number.hidden ? 0 : Number.parseInt(number.textContent, 10), areas: [] });
  const heard = (news) => {
    const { unread, areas } = news;
    known = news.newest ?? known;
    // How it stands when the connection begins is what the page says already.
    if (JSON.stringify({ unread, areas }) === told) return;
    told = JSON.stringify({ unread, areas: [] });
    take(news);
    channel?.postMessage(news);
  };

  // Asks once, and again after a while: 401 says that the sign-in has ended.
  async function ask() {
    try {
      const answer = await fetch(`${live}?once=true${known ? `&known=${known}` : ''}`, { headers: { accept: 'application/json' } });
      if (answer.status === 401 || answer.status === 403) return;
      if (answer.ok) heard(await answer.json());
    } catch {
      // The network is away.
    }
    setTimeout(ask, POLL);
  }

  // Until the tab is closed. A stream that fails again and again gives way to asking.
  function hold() {
    if (!window.EventSource) {
      ask();
      return new Promise(() => {});
    }
    return new Promise(() => {
      let failed = 0;
      let source;
      const open = () => {
        source = new EventSource(known ? `${live}?known=${known}` : live);
        source.onmessage = ({ data }) => {
          failed = 0;
          heard(JSON.parse(data));
        };
        // Signed out.
        source.addEventListener('end', () => source.close());
        source.onerror = () => {
          if (source.readyState !== EventSource.CLOSED) return;
          failed += 1;
          if (failed < 4) setTimeout(open, SOON * failed);
          else ask();
        };
      };
      open();
      // A page that sleeps in the back/forward cache holds nothing.
      addEventListener('pagehide', () => source.close());
      addEventListener('pageshow', ({ persisted }) => persisted && open());
    });
  }

  // The lock goes to another tab when this one is closed.
  if (navigator.locks && channel) navigator.locks.request(`kontor-live-${who}`, hold);
  else hold();
})();
