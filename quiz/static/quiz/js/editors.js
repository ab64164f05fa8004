// On the editors' pages: the search for a claim's passages is told which source is chosen beside it.
(function () {
  "use strict";
  const $ = django.jQuery;
  let open = null;

  $(document).on("select2:opening", "select", function (event) {
    open = event.target;
  });

  $.ajaxPrefilter(function (options, original) {
    const data = original.data || {};
    if (data.model_name !== "claim" || data.field_name !== "passages" || !open) {
      return;
    }
    const source = document.getElementById(open.id.replace(/passages$/, "source"));
    if (source && source.value) {
      options.url += (options.url.includes("?") ? "&" : "?") + "source=" + encodeURIComponent(source.value);
    }
  });
})();
