// Buttons that copy a text of the page: hidden until this can do it.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.value);
      button.nextElementSibling.textContent = button.dataset.done;
    } catch {
      source.focus();
      source.select();
    }
  });
}
