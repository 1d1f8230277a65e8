package io.agentos.runtime.sessions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Second factors of people: an authenticator app (RFC 6238), and codes on paper for the day it is
 * lost. The secret is sealed. A code is used for one call and for no other.
 *
 * <p>Thread-safe.
 */
public final class SecondFactors {
  private static final int SECRET_BYTES = 20;
  private static final int DRIFT_STEPS = 1;
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Audit audit;
  private final Vault vault;
  private final SignInLimits limits;
  private final SignInLimits limitsFirst;

  public SecondFactors(Database database, Audit audit, Vault vault) {
    this.database = database;
    this.audit = audit;
    this.vault = vault;
    this.limits = new SignInLimits(database::inTenant);
    this.limitsFirst = new SignInLimits(database::inControl);
  }

  /** What an app needs to make codes; shown once. */
  public record Enrolment(String secret, String uri) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "enrolment";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared; lives for one call.
  private record Factor(
      byte[] secret, long step, @Nullable String usedFor, boolean confirmed, long seconds) {}

  /**
   * One code for one call.
   *
   * <p>Used by one thread, or by several one after the other.
   */
  public final class Check {
    private final Principal principal;
    private final String code;
    private final byte[] use;
    private final SignInLimits.@Nullable Try attempt;
    private boolean verified;

    private Check(
        Principal principal, String code, byte[] use, SignInLimits.@Nullable Try attempt) {
      this.principal = principal;
      this.code = code;
      this.use = use;
      this.attempt = attempt;
    }

    /**
     * Lets who has no second factor pass, and who has one with a code that is right and was not
     * used for another call.
     *
     * @throws AgentOsException SECOND_FACTOR
     */
    public void pass(Tx tx) {
      Optional<UserId> user = principal.user();
      if (user.isPresent()) {
        verified |= SecondFactors.this.pass(tx, principal.tenant(), user.get(), this);
      }
    }

    /**
     * Says that the call came to its end, so that its code does not count as a guess. Guesses
     * before it are forgotten only when the code was looked at, and was right.
     */
    public void passed() {
      if (attempt != null && verified) {
        attempt.passed();
      } else if (attempt != null) {
        attempt.givenBack();
      }
    }
  }

  /**
   * Begins to check a code.
   *
   * @param code null where none came
   * @param use what tells this call apart from every other, and not from its repetition
   * @param first on connections kept for orders to stop
   * @throws AgentOsException RATE_LIMITED after too many wrong codes
   */
  public Check check(Principal principal, @Nullable String code, String use, boolean first) {
    SignInLimits.Try attempt =
        code == null || principal.user().isEmpty()
            ? null
            : (first ? limitsFirst : limits)
                .code(principal.tenant(), principal.user().get().toString());
    return new Check(principal, code == null ? "" : code.strip(), Credential.sha256(use), attempt);
  }

  /**
   * Begins to enrol: the factor counts from its confirmation on.
   *
   * @throws AgentOsException FORBIDDEN for who is no person; CONFLICT where there is one
   */
  public Enrolment begin(Principal principal) {
    UserId user = person(principal);
    TenantId tenant = principal.tenant();
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    byte[] sealed = vault.seal(tenant, place(user), secret);
    database.inTenantDo(
        tenant,
        tx -> {
          tx.update(SecondFactorsSql.FORGET_UNCONFIRMED, tenant.value(), user.value());
          if (find(tx, tenant, user).isPresent()) {
            throw new AgentOsException(
                ErrorCode.CONFLICT, "There is a second factor already; remove it first.");
          }
          tx.update(SecondFactorsSql.CREATE, tenant.value(), user.value(), sealed);
        });
    String text = Totp.base32(secret);
    String label = URLEncoder.encode(tenant + ":" + user, StandardCharsets.UTF_8);
    return new Enrolment(
        text,
        "otpauth://totp/AgentOS:%s?secret=%s&issuer=AgentOS&algorithm=SHA1&digits=%d&period=%d"
            .formatted(label, text, Totp.DIGITS, Totp.STEP_SECONDS));
  }

  /**
   * Confirms with a first code that the app has the secret.
   *
   * @return codes for the day the app is lost, each of which works once; shown once
   * @throws AgentOsException SECOND_FACTOR; CONFLICT where nothing is to be confirmed; RATE_LIMITED
   */
  public List<String> confirm(Principal principal, String code) {
    UserId user = person(principal);
    TenantId tenant = principal.tenant();
    SignInLimits.Try attempt = limits.code(tenant, user.toString());
    List<String> codes = new ArrayList<>();
    database.inTenantDo(
        tenant,
        tx -> {
          Factor factor =
              find(tx, tenant, user)
                  .filter(found -> !found.confirmed)
                  .orElseThrow(() ->
                      new AgentOsException(
                          ErrorCode.CONFLICT, "No second factor waits to be confirmed."));
          long step = step(factor, code.strip()).orElseThrow(SecondFactors::wrong);
          byte[] use = Credential.sha256("confirm");
          tx.update(SecondFactorsSql.CONFIRM, step, use, tenant.value(), user.value());
          codes.addAll(RecoveryCodes.make(tx, new RecoveryCodes.Owner(tenant, user)));
          record(tx, principal, "user.second_factor", user, "enabled");
        });
    attempt.passed();
    return codes;
  }

  /** Removes the own second factor, in a transaction in which its code was checked. */
  public void remove(Tx tx, Principal principal) {
    remove(tx, principal, person(principal));
  }

  /** Removes somebody's second factor, such as when app and codes are lost. */
  public void remove(Tx tx, Principal by, UserId user) {
    if (tx.update(SecondFactorsSql.REMOVE, by.tenant().value(), user.value()) == 1) {
      record(tx, by, "user.second_factor", user, "removed");
    }
  }

  /** Whether a code was looked at; one that is wrong is thrown. */
  private boolean pass(Tx tx, TenantId tenant, UserId user, Check check) {
    Optional<Factor> found = find(tx, tenant, user).filter(Factor::confirmed);
    if (found.isEmpty()) {
      return false;
    }
    if (check.code.isEmpty()) {
      throw new AgentOsException(
          ErrorCode.SECOND_FACTOR,
          "This needs a code of your second factor; send it in the header X-AgentOS-Code.");
    }
    if (!CODE.matcher(check.code).matches()) {
      if (!RecoveryCodes.use(tx, new RecoveryCodes.Owner(tenant, user), check.code, check.use)) {
        throw wrong();
      }
      return true;
    }
    Factor factor = found.get();
    long step = step(factor, check.code).orElseThrow(SecondFactors::wrong);
    boolean again = step == factor.step && Totp.base32(check.use).equals(factor.usedFor);
    if (step < factor.step || (step == factor.step && !again)) {
      throw wrong();
    }
    tx.update(SecondFactorsSql.USE, step, check.use, tenant.value(), user.value());
    return true;
  }

  /** The step a code is of, of the last, this and the next. */
  private static Optional<Long> step(Factor factor, String code) {
    long now = factor.seconds / Totp.STEP_SECONDS;
    Long found = null;
    for (long step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++) {
      if (Totp.matches(factor.secret, step, code)) {
        found = step;
      }
    }
    return Optional.ofNullable(found);
  }

  private Optional<Factor> find(Tx tx, TenantId tenant, UserId user) {
    return tx.queryOne(
        SecondFactorsSql.LOCK,
        row ->
            new Factor(
                vault.open(tenant, place(user), row.bytes("sealed")),
                row.longNumber("step"),
                row.optionalText("used_for") == null ? null : Totp.base32(row.bytes("used_for")),
                row.flag("confirmed"),
                row.longNumber("seconds")),
        tenant.value(),
        user.value());
  }

  private void record(Tx tx, Principal by, String type, UserId user, String what) {
    audit.append(
        tx,
        List.of(
            new AuditEntry(by.tenant(), type, by.id(), user.toString(), Map.of("state", what))));
  }

  private static UserId person(Principal principal) {
    return principal
        .user()
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.FORBIDDEN, "Only people have a second factor."));
  }

  private static String place(UserId user) {
    return "second-factor:" + user;
  }

  private static AgentOsException wrong() {
    return new AgentOsException(
        ErrorCode.SECOND_FACTOR,
        "The code of the second factor is wrong, or was used; wait for the next one.");
  }
}
