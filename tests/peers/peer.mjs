// Other implementations behind one pipe: each line of standard input is a JSON request, each line
// of standard output its answer. No document is fetched: the first request names the context files.
import {createInterface} from 'node:readline';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {createSignCryptosuite as ecdsaJcs} from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {createVerifyCryptosuite as ecdsaJcsCheck} from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {createSignCryptosuite as eddsaJcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createVerifyCryptosuite as eddsaJcsCheck} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import * as jose from 'jose';
import {contexts, loader} from './documents.mjs';

const signing = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': eddsaJcs,
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': ecdsaJcs
};
const checking = {
  ...signing,
  'eddsa-jcs-2022': eddsaJcsCheck,
  'ecdsa-jcs-2019': ecdsaJcsCheck,
  'ecdsa-sd-2023': ecdsaSd.createVerifyCryptosuite
};

function suiteFor(proof) {
  if(proof.type === 'Ed25519Signature2020') {
    return new Ed25519Signature2020();
  }
  return new DataIntegrityProof({cryptosuite: checking[proof.cryptosuite]()});
}

async function keyFrom(jwk) {
  const library = jwk.crv === 'Ed25519' ? Ed25519Multikey : EcdsaMultikey;
  const key = await library.fromJwk({jwk, secretKey: true});
  const multikey = (await key.export({publicKey: true})).publicKeyMultibase;
  key.controller = `did:key:${multikey}`;
  key.id = `${key.controller}#${multikey}`;
  return key;
}

const requests = {
  contexts({files}) {
    for(const [address, file] of Object.entries(files)) {
      contexts.set(address, file);
    }
    return {count: contexts.size};
  },

  // Verify a credential or presentation with one proof. `only` leaves aside what lies in it
  // (presentation), or everything but the proof (proof).
  async verify({document, challenge, domain, now, only}) {
    const suite = suiteFor(document.proof);
    const documentLoader = loader(document.proof.type === 'Ed25519Signature2020');
    const options = {suite, documentLoader};
    const shown = document.type.includes('VerifiablePresentation');
    let result;
    if(only) {
      const {AssertionProofPurpose, AuthenticationProofPurpose} = jsigs.purposes;
      const purpose = shown ?
        new AuthenticationProofPurpose({challenge, domain}) : new AssertionProofPurpose();
      result = await jsigs.verify(document, {purpose, ...options});
    } else {
      result = await vc.verifyCredential({credential: document, now: new Date(now), ...options});
    }
    return {verified: result.verified, error: messages(result.error)};
  },

  // How long another request takes, again and again: milliseconds of each, and the last answer.
  async timed({what, runs, ...members}) {
    const times = [];
    let answer;
    for(let run = 0; run < runs; run++) {
      const begun = performance.now();
      answer = await requests[what](members);
      times.push(performance.now() - begun);
    }
    return {times, answer};
  },

  // Sign a document as it stands, and give it with its proof.
  async sign({document, key, suite, purpose, created, challenge, domain}) {
    const pair = await keyFrom(key);
    const signer = pair.signer();
    const made = suite === 'Ed25519Signature2020' ?
      new Ed25519Signature2020({signer, verificationMethod: pair.id, date: created}) :
      new DataIntegrityProof({signer, cryptosuite: signing[suite](), date: created});
    const {AssertionProofPurpose, AuthenticationProofPurpose} = jsigs.purposes;
    return {document: await jsigs.sign(document, {
      suite: made,
      purpose: purpose === 'authentication' ?
        new AuthenticationProofPurpose({challenge, domain}) : new AssertionProofPurpose(),
      documentLoader: loader(suite === 'Ed25519Signature2020')
    })};
  },

  // ecdsa-sd-2023: the issuer's base proof, and what a holder derives from it.
  async disclose({document, key, created, mandatory, chosen}) {
    const pair = await keyFrom(key);
    const documentLoader = loader();
    const purpose = new jsigs.purposes.AssertionProofPurpose();
    const base = await jsigs.sign(document, {
      suite: new DataIntegrityProof({
        signer: pair.signer(),
        date: created,
        cryptosuite: ecdsaSd.createSignCryptosuite({mandatoryPointers: mandatory})
      }),
      purpose, documentLoader
    });
    const derived = await jsigs.derive(base, {
      suite: new DataIntegrityProof({
        cryptosuite: ecdsaSd.createDiscloseCryptosuite({
          proofId: base.proof.id, selectivePointers: chosen})
      }),
      purpose, documentLoader
    });
    return {base, derived};
  },

  async jwt({payload, key, header}) {
    const secret = await jose.importJWK(key, header.alg);
    const bytes = new TextEncoder().encode(payload);
    return {token: await new jose.CompactSign(bytes).setProtectedHeader(header).sign(secret)};
  },

  async jwtVerify({token, key}) {
    const {alg} = jose.decodeProtectedHeader(token);
    const {payload} = await jose.compactVerify(token, await jose.importJWK(key, alg));
    return {payload: new TextDecoder().decode(payload)};
  }
};

function messages(error) {
  return error ? [error.message, ...(error.errors ?? []).map(each => each.message)].join('; ') : '';
}

for await (const line of createInterface({input: process.stdin})) {
  const {request, ...rest} = JSON.parse(line);
  let answer;
  try {
    answer = await requests[request](rest);
  } catch(error) {
    answer = {failed: `${messages(error)} ${messages(error.cause)}`.trim()};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
