// Every path that names no file is a page of the dashboard, but for meetings, which have one of their own. A rewrite of the request, unlike an error page, leaves the
// answers of the APIs alone and lets a missing file be missing.
function handler(event) {
  var request = event.request;
  var name = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') === -1) {
    request.uri = request.uri.indexOf('/meet/') === 0 ? '/meet/index.html' : '/index.html';
  }
  return request;
}
