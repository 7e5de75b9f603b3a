// API Gateway answers to its own host name only, so the public one travels beside it. Whatever a client sent under this
// name is overwritten.
function handler(event) {
  var request = event.request;
  request.headers['x-forwarded-host'] = { value: request.headers.host.value };
  return request;
}
