// Passkeys as a second factor: adding one, and using one to log in. The server checks all of it;
// this only carries bytes between it and the browser's authenticator, as base64url.

import { send } from "./api.js";

export const known = () => "credentials" in navigator && "PublicKeyCredential" in window;

export async function add(name) {
  const { options } = await send("/api/account/passkeys/options", {});
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(withBytes),
  };
  const credential = await navigator.credentials.create({ publicKey });
  const answer = plain(credential, ["clientDataJSON", "attestationObject"]);
  return send("/api/account/passkeys", { answer, name });
}

export async function logIn() {
  const { options } = await send("/api/auth/passkey/options", {});
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(withBytes),
  };
  const credential = await navigator.credentials.get({ publicKey });
  const parts = ["clientDataJSON", "authenticatorData", "signature"];
  return send("/api/auth/passkey", { answer: plain(credential, parts) });
}

function plain({ id, rawId, type, response }, parts) {
  const said = parts.map((part) => [part, text(response[part])]);
  return { id, rawId: text(rawId), type, response: Object.fromEntries(said) };
}

const withBytes = (credential) => ({ ...credential, id: bytes(credential.id) });

function bytes(encoded) {
  const base64 = encoded.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function text(buffer) {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(characters.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
