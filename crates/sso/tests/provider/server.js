// A provider as it comes from the npm registry, with two accounts of made-up people. Whoever the test says is at the
// keyboard signs in; nothing else of the provider is changed.
//
//   node server.js   prints the port it listens on; ends with its standard input

import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = {
  ada: { name: 'Ada Okafor', email: 'ada@example.org', email_verified: true },
  bo: { name: 'Bo', email: 'bo@example.org', email_verified: false },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'switchboard',
      client_secret: 'a made-up secret of some length',
      redirect_uris: ['http://127.0.0.1:7474/sign-in/sso/back'],
    }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    cookies: { keys: ['made up'] },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    try {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      if (prompt.name === 'login') {
        const accountId = request.headers['x-at-the-keyboard'];
        const result = accountId ? { login: { accountId } } : { error: 'access_denied' };
        return await provider.interactionFinished(request, response, result);
      }
      const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
      grant.addOIDCScope(params.scope);
      const result = { consent: { grantId: await grant.save() } };
      return await provider.interactionFinished(request, response, result);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  console.log(port);
});
process.stdin.on('end', () => process.exit(0)).resume();
