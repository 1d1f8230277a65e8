package io.agentos.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One OpenID provider. What it publishes is looked up when first needed, and its keys are fetched
 * again when an ID token names one that is not known. Every answer of it is bounded in size and
 * time, and no redirect is followed.
 *
 * <p>Thread-safe.
 */
public final class OidcProvider {
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int READ_MILLIS_MAX = 10_000;
  private static final int ANSWER_BYTES_MAX = 512 * 1024;

  /** Signed with a key of the provider; never without a signature, nor with a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private final Settings settings;
  private volatile @Nullable Known known;

  /**
   * What is known of the provider before it is asked.
   *
   * @param clientSecret sent with the code; never shown
   * @param scopes besides {@code openid}
   * @param clockSkew how far the provider's clock may be off
   */
  public record Settings(
      URI issuer, String clientId, String clientSecret, List<String> scopes, Duration clockSkew) {
    public Settings {
      scopes = List.copyOf(scopes);
    }

    /** Hides the secret. */
    @Override
    public String toString() {
      return issuer + " " + clientId;
    }
  }

  /** One sign-in under way: what the provider must bring back, and what proves that it is ours. */
  public record Flow(String state, String nonce, String verifier) {
    /** A new one, of random values. */
    public static Flow random() {
      return new Flow(
          new State(32).getValue(), new Nonce(32).getValue(), new CodeVerifier().getValue());
    }

    /** Hides the values. */
    @Override
    public String toString() {
      return "flow";
    }
  }

  /**
   * Who the provider says somebody is.
   *
   * @param email empty where it names none, or has not verified it
   * @param claims the values of the others that are texts, or lists of texts
   */
  public record Identity(
      String issuer, String subject, String email, String name, Map<String, List<String>> claims) {
    public Identity {
      claims = Map.copyOf(claims);
    }
  }

  private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

  public OidcProvider(Settings settings) {
    this.settings = settings;
  }

  /**
   * Where a browser goes to sign in.
   *
   * @param redirect where the provider sends it back to
   * @throws AgentOsException ENVIRONMENT when the provider cannot be asked
   */
  public URI authorization(Flow flow, URI redirect) {
    Scope scope = new Scope("openid");
    settings.scopes.forEach(scope::add);
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, scope, new ClientID(settings.clientId), redirect)
        .endpointURI(known().metadata.getAuthorizationEndpointURI())
        .state(new State(flow.state))
        .nonce(new Nonce(flow.nonce))
        .codeChallenge(new CodeVerifier(flow.verifier), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Whether an answer may be this provider's: where it says who it is, as RFC 9207 asks against
   * mix-ups, it must be this one, and where it says that it always does, it must.
   */
  public boolean mayHaveAnswered(@Nullable String issuer) {
    if (issuer == null) {
      return !known().metadata.supportsAuthorizationResponseIssuerParam();
    }
    return issuer.equals(known().metadata.getIssuer().getValue());
  }

  /**
   * Exchanges a code for who it was given to.
   *
   * @throws AgentOsException UNAUTHENTICATED when the provider refuses the code, or its ID token is
   *     not one for this flow; ENVIRONMENT when it cannot be asked
   */
  public Identity identity(Flow flow, String code, URI redirect) {
    Known provider = known();
    try {
      HTTPRequest request =
          new TokenRequest.Builder(
                  provider.metadata.getTokenEndpointURI(),
                  new ClientSecretBasic(
                      new ClientID(settings.clientId), new Secret(settings.clientSecret)),
                  new AuthorizationCodeGrant(
                      new AuthorizationCode(code), redirect, new CodeVerifier(flow.verifier)))
              .build()
              .toHTTPRequest();
      request.setConnectTimeout(CONNECT_MILLIS_MAX);
      request.setReadTimeout(READ_MILLIS_MAX);
      request.setFollowRedirects(false);
      TokenResponse response = OIDCTokenResponseParser.parse(request.send());
      if (!response.indicatesSuccess()) {
        throw refused("The provider refused the code.", null);
      }
      JWT token =
          ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) response.toSuccessResponse())
              .getOIDCTokens()
              .getIDToken();
      if (token == null) {
        throw refused("The provider sent no ID token.", null);
      }
      return identity(provider.validator.validate(token, new Nonce(flow.nonce)));
    } catch (BadJOSEException | JOSEException | ParseException e) {
      throw refused("What the provider sent is not a token for this sign-in.", e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static Identity identity(IDTokenClaimsSet token) {
    Map<String, List<String>> claims = new LinkedHashMap<>();
    token
        .toJSONObject()
        .forEach((name, value) -> {
          List<String> texts = texts(value);
          if (!texts.isEmpty()) {
            claims.put(name, texts);
          }
        });
    boolean verified = Boolean.TRUE.equals(token.getBooleanClaim("email_verified"));
    String email = token.getStringClaim("email");
    String name = token.getStringClaim("name");
    return new Identity(
        token.getIssuer().getValue(),
        token.getSubject().getValue(),
        email == null || !verified ? "" : email,
        name == null ? "" : name,
        claims);
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof List<?> list) {
      list.forEach(each -> {
        if (each instanceof String text) {
          texts.add(text);
        }
      });
    }
    return texts;
  }

  private Known known() {
    Known before = known;
    if (before != null) {
      return before;
    }
    try {
      Issuer issuer = new Issuer(settings.issuer.toString());
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.resolve(issuer, CONNECT_MILLIS_MAX, READ_MILLIS_MAX);
      Known found = new Known(metadata, validator(metadata));
      known = found;
      return found;
    } catch (GeneralException | IOException e) {
      throw unreachable(e);
    }
  }

  private IDTokenValidator validator(OIDCProviderMetadata metadata) throws IOException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(
                metadata.getJWKSetURI().toURL(),
                new DefaultResourceRetriever(CONNECT_MILLIS_MAX, READ_MILLIS_MAX, ANSWER_BYTES_MAX))
            .build();
    Set<JWSAlgorithm> allowed = new HashSet<>(ALGORITHMS);
    if (metadata.getIDTokenJWSAlgs() != null) {
      allowed.retainAll(metadata.getIDTokenJWSAlgs());
    }
    IDTokenValidator validator =
        new IDTokenValidator(
            metadata.getIssuer(),
            new ClientID(settings.clientId),
            new JWSVerificationKeySelector<>(allowed, keys),
            null);
    validator.setMaxClockSkew(Math.toIntExact(settings.clockSkew.toSeconds()));
    return validator;
  }

  private static AgentOsException refused(String why, @Nullable Exception cause) {
    return cause == null
        ? new AgentOsException(ErrorCode.UNAUTHENTICATED, why)
        : new AgentOsException(ErrorCode.UNAUTHENTICATED, why, cause);
  }

  private AgentOsException unreachable(Exception e) {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "The OpenID provider %s cannot be asked; look at oidc.issuer and the network."
            .formatted(settings.issuer),
        e);
  }
}
