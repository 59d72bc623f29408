/**
 * HTTP signatures of requests: draft-cavage-12 with RSA, as the fediverse speaks it (federation.md f.1, f.2;
 * federation-security.md section 2). Pure: keys, clock and own names are handed in.
 */
export { renderDigest } from './digest.ts'
export { type KeyClaim, ownsKey } from './key-owner.ts'
export { readPublicKey } from './keys.ts'
export { type AlgorithmLabel, type ParsedSignature, readSignature } from './read-signature.ts'
export { type RequestToSign, type SignatureHeaders, signRequest } from './sign.ts'
export { checkSignedRequest, type ReceivedRequest, verifySignature } from './verify.ts'
