// API Gateway answers to its own host name only, so the public one travels beside it; so does the client's address, which
// nobody has to find among the proxies' then. Whatever a client sent under these names is overwritten.
function handler(event) {
  var request = event.request;
  request.headers['x-forwarded-host'] = { value: request.headers.host.value };
  request.headers['x-client-address'] = { value: event.viewer.ip };
  return request;
}
