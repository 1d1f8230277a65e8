"use strict";

// A link's token is used by a press of a button and not by opening the page, which previews of links do too.
const token = new URLSearchParams(location.search).get("token");
if (token !== null) {
  history.replaceState(null, "", location.pathname);
}

const part = (id) => document.getElementById(id);
const message = part("message");
let csrfToken = "";

async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (csrfToken !== "") {
    headers["X-CSRF-Token"] = csrfToken;
  }
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    redirect: "error",
  });
  const text = await response.text();
  return { ok: response.ok, status: response.status, value: text === "" ? {} : JSON.parse(text) };
}

function show(name) {
  for (const id of ["password-form", "link-form", "session"]) {
    part(id).hidden = id !== name;
  }
}

function signedIn(who) {
  csrfToken = who.session.csrf_token;
  part("who-name").textContent = who.name;
  part("who-tenant").textContent = who.tenant;
  part("who-role").textContent = who.role;
  message.textContent = "";
  show("session");
}

// Runs what a form asks for, once at a time, and tells what goes wrong.
function onSubmit(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    message.textContent = "";
    try {
      await work();
    } catch {
      message.textContent = "The server does not answer; try again.";
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit(part("password-form"), async () => {
  const claim = {
    tenant: part("tenant").value.trim(),
    email: part("email").value,
    password: part("password").value,
  };
  if (!part("code-row").hidden && part("code").value.trim() !== "") {
    claim.code = part("code").value.trim();
  }
  const answer = await call("POST", "/v1/session", claim);
  if (answer.ok) {
    part("password").value = "";
    signedIn(answer.value);
    return;
  }
  message.textContent = answer.value.detail;
  if (answer.value.code === "SECOND_FACTOR") {
    part("code-row").hidden = false;
    part("code").focus();
  } else {
    part("password").focus();
  }
});

onSubmit(part("link-form"), async () => {
  const answer = await call("POST", "/v1/session", { link: token });
  if (answer.ok) {
    signedIn(answer.value);
  } else {
    message.textContent = answer.value.detail;
    show("password-form");
  }
});

onSubmit(part("new-password-form"), async () => {
  const change = { password: part("fresh").value };
  if (part("current").value !== "") {
    change.current_password = part("current").value;
  }
  const answer = await call("PUT", "/v1/session/password", change);
  if (answer.ok) {
    part("current").value = "";
    part("fresh").value = "";
    signedIn(answer.value);
    message.textContent = "The password is set.";
  } else {
    message.textContent = answer.value.detail;
  }
});

part("sign-out").addEventListener("click", async () => {
  const answer = await call("DELETE", "/v1/session");
  csrfToken = "";
  message.textContent = answer.ok ? "You are signed out." : answer.value.detail;
  show("password-form");
});

(async () => {
  if (token !== null) {
    show("link-form");
    return;
  }
  const answer = await call("GET", "/v1/session");
  if (answer.ok && answer.value.session !== null) {
    signedIn(answer.value);
  }
})();
