/** `fetch` as App Bridge leaves it: requests to the app itself carry a fresh id token. */
type Tokens = () => Promise<string>;

const retryHeader = 'X-Shopify-Retry-Invalid-Session-Request';
const reauthorizeHeader = 'X-Shopify-API-Request-Failure-Reauthorize-Url';

export function patchFetch(idToken: Tokens, locale: string, leave: (url: string) => void): void {
  const original = window.fetch.bind(window);

  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const own = new URL(request.url).origin === window.location.origin;
    if (!own || request.headers.has('Authorization')) return original(request);

    const again = request.clone();
    const response = await original(await signed(request));
    const retry = response.status === 401 && response.headers.has(retryHeader);
    const answer = retry ? await original(await signed(again)) : response;
    const reauthorize = answer.headers.get(reauthorizeHeader);
    if (reauthorize !== null) leave(reauthorize);
    return answer;
  };

  async function signed(request: Request): Promise<Request> {
    const headers = new Headers(request.headers);
    headers.set('Authorization', `Bearer ${await idToken()}`);
    headers.set('X-Requested-With', 'XMLHttpRequest');
    if (!headers.has('Accept-Language')) headers.set('Accept-Language', locale);
    return new Request(request, { headers });
  }
}
