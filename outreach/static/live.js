// Renews the count while somebody looks at the page, which is whole without it. Seldom, if nothing changes.
(() => {
  const count = document.getElementById("count");
  const stop = document.getElementById("stop-count");
  const [often, seldom] = [2000, 15000];
  let wait = often;
  let timer;
  const again = () => { timer = setTimeout(renew, wait); };
  const renew = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(count.dataset.from);
        const said = answer.ok ? (await answer.text()).trim() : count.innerHTML;
        wait = said === count.innerHTML.trim() ? Math.min(wait * 1.5, seldom) : often;
        if (wait === often) count.innerHTML = said;
      } catch { wait = seldom; }
    }
    if (!stop.disabled) again();
  };
  stop.hidden = false;
  stop.addEventListener("click", () => { clearTimeout(timer); stop.disabled = true; });
  again();
})();
