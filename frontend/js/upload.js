// Sends a file: announced first, then its bytes to the signed link, with a word on the way.

import { Problem, send } from "./api.js";

const KINDS = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  mp4: "video/mp4",
  mov: "video/quicktime",
  pdf: "application/pdf",
};

// Not every system knows the kind of every file.
const mediaType = ({ type, name }) => type || KINDS[name.split(".").pop().toLowerCase()] || "";

// Resolves to the file's id; `onPart` is told how much is through, from 0 to 1.
export async function upload(file, onPart = () => {}) {
  const announced = { name: file.name, media_type: mediaType(file), size_bytes: file.size };
  const { file_id: id, url } = await send("/api/uploads/sign", announced);
  await put(file, url, onPart);
  return id;
}

function put(file, url, onPart) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => onPart(loaded / total));
    request.addEventListener("error", () => failed(new Problem({})));
    request.addEventListener("load", () => {
      if (request.status < 300) return done();
      failed(new Problem({ status: request.status, ...told(request.responseText) }));
    });
    request.send(file);
  });
}

function told(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { title: "The file did not arrive." };
  }
}
