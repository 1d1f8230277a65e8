package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.runtime.sessions.ProviderSignIn.Asserted;
import io.agentos.runtime.sessions.Sessions.Begun;
import io.agentos.server.oidc.OidcProvider;
import io.agentos.server.oidc.OidcProvider.Flow;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways to an OpenID provider and back. Thread-safe. */
final class OidcPages {
  static final String START = "/sign-in/oidc";
  static final String CALLBACK = "/sign-in/callback";

  private static final System.Logger LOG = System.getLogger(OidcPages.class.getName());
  private static final int VALUE_LENGTH_MAX = 4_096;
  private static final String REFUSED =
      "Signing in at the provider did not work; try again. The server's log has more.";

  private final Oidc oidc;
  private final ProviderSignIn signIn;
  private final HttpSettings settings;
  private final Cookies cookies;
  private final Pages pages;

  OidcPages(Oidc oidc, ProviderSignIn signIn, HttpSettings settings, Pages pages) {
    this.oidc = oidc;
    this.signIn = signIn;
    this.settings = settings;
    this.cookies = new Cookies(settings.secure());
    this.pages = pages;
  }

  List<Route> routes() {
    Access access = new Access.SignsIn();
    return List.of(
        new Route("GET", START, access, this::begin),
        new Route("GET", CALLBACK, access, this::end));
  }

  private Answer begin(Call call) {
    Flow flow = Flow.random();
    URI there = oidc.provider().authorization(flow, redirect(call));
    String cookie = signIn.begin(flow.state(), flow.nonce() + "\n" + flow.verifier());
    return to(there.toString(), cookies.set(Cookies.FLOW, cookie, ProviderSignIn.LIFE));
  }

  private Answer end(Call call) {
    try {
      Begun begun = begun(call);
      return to("/sign-in", cookies.set(Cookies.SESSION, begun.secret()));
    } catch (AgentOsException e) {
      if (e.code() != ErrorCode.UNAUTHENTICATED && e.code() != ErrorCode.ENVIRONMENT) {
        throw e;
      }
      LOG.log(System.Logger.Level.INFO, "a sign-in at the provider was refused: {0}", told(e));
      signIn.refused();
      String shown = e.getCause() == null ? e.detail() : REFUSED;
      Answer.Ready page = pages.signIn(shown);
      return new Answer.Ready(401, page.body(), page.headers())
          .with("Set-Cookie", cookies.cleared(Cookies.FLOW));
    }
  }

  private Begun begun(Call call) {
    QueryParameters query = QueryParameters.lenient(call.query());
    String state = query.text("state", VALUE_LENGTH_MAX).orElse("");
    String cookie =
        call.header("Cookie").flatMap(header -> cookies.read(header, Cookies.FLOW)).orElse("");
    String[] secrets =
        signIn
            .take(cookie, state)
            .orElseThrow(() ->
                refused("This browser did not begin this sign-in, or took too long; try again."))
            .split("\n", -1);
    if (!oidc.provider().mayHaveAnswered(query.text("iss", VALUE_LENGTH_MAX).orElse(null))) {
      throw refused("The answer is that of another provider.");
    }
    String code =
        query
            .text("code", VALUE_LENGTH_MAX)
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> refused("The provider did not let you in."));
    OidcProvider.Identity identity =
        oidc.provider().identity(new Flow(state, secrets[0], secrets[1]), code, redirect(call));
    return signIn.enter(
        new Asserted(
            identity.issuer(),
            identity.subject(),
            identity.email(),
            identity.name(),
            oidc.tenant(identity.claims()),
            role(identity.claims())));
  }

  /** The first of the roles, most powerful first, that one of the values gives. */
  private @Nullable Role role(Map<String, List<String>> claims) {
    List<String> values = claims.getOrDefault(oidc.roleClaim(), List.of());
    for (Role role : Role.values()) {
      if (values.stream().anyMatch(value -> role == oidc.roles().get(value))) {
        return role;
      }
    }
    return null;
  }

  private URI redirect(Call call) {
    URI base = settings.publicUrl();
    if (base == null) {
      base =
          URI.create(
              "http://" + Optional.ofNullable(call.headers().apply("Host")).orElse("localhost"));
    }
    return base.resolve(CALLBACK);
  }

  private static Answer.Ready to(String place, String cookie) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Location", place);
    headers.put("Set-Cookie", cookie);
    return new Answer.Ready(302, "", headers);
  }

  private static String told(AgentOsException e) {
    return e.getCause() == null ? e.detail() : e.detail() + " (" + e.getCause().getMessage() + ")";
  }

  private static AgentOsException refused(String why) {
    return new AgentOsException(ErrorCode.UNAUTHENTICATED, why);
  }
}
