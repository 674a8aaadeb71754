// Runs inside the page: what is on the screen, read from the document as a person reads it.
// biome-ignore-all lint/performance/useDomNodeTextContent: what is seen counts, not what is in the document

globalThis.readMessages = function readMessages(root) {
  return [...document.querySelectorAll(`${root} .message`)].map((node) => ({
    channel: node.dataset.channel,
    ts: node.dataset.ts,
    threadTs: node.dataset.threadTs,
    author: node.dataset.author,
    text: collapsed(node.querySelector('.message-body').innerText),
    ephemeral: node.querySelector('.only-you') !== null,
    replyCount: Number(node.dataset.replies),
    edited: node.querySelector('.edited') !== null,
    elements: elementsIn(node),
  }));
};

globalThis.readModal = function readModal() {
  const form = document.querySelector('dialog#modal[open] form');
  if (form === null) return undefined;
  return {
    viewId: form.dataset.viewId,
    type: 'modal',
    title: form.querySelector('h2').innerText,
    text: collapsed(form.querySelector('.modal-body').innerText),
    depth: Number(form.dataset.depth),
    elements: elementsIn(form),
  };
};

globalThis.readHome = function readHome() {
  const view = document.querySelector('.home-view');
  if (view === null) return undefined;
  const text = collapsed(view.innerText);
  return { viewId: view.dataset.viewId, type: 'home', title: '', text, depth: 0, elements: elementsIn(view) };
};

function elementsIn(root) {
  return [...root.querySelectorAll('[data-action-id]')]
    .filter((node) => !node.hidden)
    .map((node) => ({
      type: node.dataset.type,
      blockId: node.dataset.blockId,
      actionId: node.dataset.actionId,
      label: labelOf(node),
      values: valuesOf(node),
    }));
}

function labelOf(node) {
  const label = node.closest('[data-input]')?.querySelector('.label');
  if (label)
    return collapsed(
      [...label.childNodes]
        .filter((one) => one.nodeType === 3)
        .map((one) => one.data)
        .join(''),
    );
  if (node.tagName === 'SELECT') return node.options[0].text;
  if (node.matches('input, textarea')) return node.placeholder;
  return collapsed(node.querySelector('input[role=combobox]')?.placeholder ?? node.innerText);
}

function valuesOf(node) {
  if (node.tagName === 'SELECT')
    return [...node.options].map((option) => option.value).filter((value) => value !== '');
  const parts = node.querySelectorAll('input[type=radio], input[type=checkbox], [data-value]');
  return [...parts].map((part) => part.dataset.value ?? part.value);
}

function collapsed(text) {
  return text.replace(/[\s\u200b]+/g, ' ').trim();
}
