// In the frame: tells the page around it how high the form is, and nothing else.
if (parent !== window) {
  const page = document.documentElement;
  const tell = () => parent.postMessage({outreachHeight: document.body.offsetHeight}, "*");
  new ResizeObserver(tell).observe(document.body);
  page.classList.add("resized");
}
