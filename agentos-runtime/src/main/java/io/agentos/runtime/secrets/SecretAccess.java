package io.agentos.runtime.secrets;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.secrets.SecretReferences.Found;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hands secrets to tools: first each reference of a call is pinned to a version, which is what
 * people approve and the ledger records; when the call begins, and not before, the values take
 * their places.
 *
 * <p>Thread-safe.
 */
public final class SecretAccess {
  /** How many references one call may hold. */
  public static final int REFERENCES_MAX = 20;

  private final Database database;
  private final Vault vault;

  public SecretAccess(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /**
   * Who wants what.
   *
   * @param arguments of the call, with references in place of values
   */
  public record Wish(
      TenantId tenant, AgentId agent, String tool, Map<String, @Nullable Object> arguments) {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public Wish(
        TenantId tenant, AgentId agent, String tool, Map<String, @Nullable Object> arguments) {
      this.tenant = tenant;
      this.agent = agent;
      this.tool = tool;
      this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
  }

  /**
   * What became of the references of a call; as JSON in the journal.
   *
   * @param pinned each reference with the one that names its version
   * @param refused the reference that may not be had, or empty
   * @param reason why not, or empty
   */
  public record Pins(Map<String, String> pinned, String refused, String reason) {
    public Pins {
      pinned = Collections.unmodifiableMap(new LinkedHashMap<>(pinned));
    }

    /** Whether all may be had. */
    public boolean granted() {
      return refused.isEmpty();
    }

    /** The arguments with the version in each reference. */
    public Map<String, @Nullable Object> in(Map<String, @Nullable Object> arguments) {
      return SecretReferences.replace(
          arguments, reference -> pinned.getOrDefault(reference.toString(), reference.toString()));
    }
  }

  /**
   * The arguments that a tool gets, and what takes the values out of its answer again.
   *
   * @param names the references whose values it gets, with their versions
   */
  public record Opened(
      Map<String, @Nullable Object> arguments, List<String> names, Scrubber scrubber) {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public Opened(Map<String, @Nullable Object> arguments, List<String> names, Scrubber scrubber) {
      this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      this.names = List.copyOf(names);
      this.scrubber = scrubber;
    }

    /** The arguments of a call without references, as they are. */
    public static Opened plain(Map<String, @Nullable Object> arguments) {
      return new Opened(arguments, List.of(), Scrubber.NONE);
    }

    /** Hides the values. */
    @Override
    public String toString() {
      return "opened arguments";
    }
  }

  /** A version that somebody may get. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never leaves this class.
  private record Usable(
      SecretReference pinned, boolean current, SecretAllowance allowance, byte[] sealed) {
    static Usable of(Row row) {
      return new Usable(
          new SecretReference(row.text("name"), row.number("version")),
          row.flag("current"),
          new SecretAllowance(row.texts("tools"), row.texts("agents")),
          row.bytes("sealed"));
    }
  }

  /** Pins each reference to the version that is current now, or says which may not be had. */
  public Pins pin(Wish wish) {
    List<Found> found = SecretReferences.find(wish.arguments());
    if (found.size() > REFERENCES_MAX) {
      return new Pins(
          Map.of(),
          found.getFirst().reference().toString(),
          "A call holds at most %d secrets, not %d.".formatted(REFERENCES_MAX, found.size()));
    }
    List<Usable> usable = database.inTenant(wish.tenant(), tx -> usable(tx, wish, found));
    Map<String, String> pinned = new LinkedHashMap<>();
    for (Found one : found) {
      Optional<Usable> match = match(usable, wish, one);
      if (match.isEmpty()) {
        return new Pins(Map.of(), one.reference().toString(), refusal(wish, one));
      }
      pinned.put(one.reference().toString(), match.get().pinned().toString());
    }
    return new Pins(pinned, "", "");
  }

  /**
   * The arguments with the values of the references, which must name their versions. To be called
   * when the call begins; what comes back must be neither stored nor shown.
   *
   * @throws AgentOsException TOOL_FAILED when a value may not be had any more
   */
  public Opened open(Wish wish) {
    List<Found> found = SecretReferences.find(wish.arguments());
    List<Usable> usable =
        database.inTenant(
            wish.tenant(),
            tx -> {
              List<Usable> rows = usable(tx, wish, found);
              used(tx, wish, found);
              return rows;
            });
    Map<SecretReference, String> values = new LinkedHashMap<>();
    for (Found one : found) {
      Usable match =
          match(usable, wish, one)
              .filter(u -> one.reference().isPinned())
              .orElseThrow(() -> new AgentOsException(ErrorCode.TOOL_FAILED, refusal(wish, one)));
      values.computeIfAbsent(
          one.reference(),
          reference ->
              new String(
                  vault.open(wish.tenant(), reference.toString(), match.sealed()),
                  StandardCharsets.UTF_8));
    }
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach(
        (reference, value) -> named.put(value, "[secret:%s]".formatted(reference.name())));
    return new Opened(
        SecretReferences.replace(
            wish.arguments(), reference -> values.getOrDefault(reference, reference.toString())),
        values.keySet().stream().map(SecretReference::toString).sorted().toList(),
        new Scrubber(named));
  }

  private static List<Usable> usable(Tx tx, Wish wish, List<Found> found) {
    TreeSet<String> names = new TreeSet<>();
    found.forEach(one -> names.add(one.reference().name()));
    return tx.query(
        SecretsSql.USABLE, Usable::of, wish.tenant().value(), names.toArray(String[]::new));
  }

  private static void used(Tx tx, Wish wish, List<Found> found) {
    List<String> names = new ArrayList<>();
    List<Integer> versions = new ArrayList<>();
    for (Found one : found) {
      names.add(one.reference().name());
      versions.add(one.reference().version());
    }
    tx.update(
        SecretsSql.USED,
        wish.tenant().value(),
        names.toArray(String[]::new),
        versions.toArray(Integer[]::new),
        wish.tenant().value());
  }

  private static Optional<Usable> match(List<Usable> usable, Wish wish, Found found) {
    SecretReference wanted = found.reference();
    return usable.stream()
        .filter(u -> u.pinned().name().equals(wanted.name()))
        .filter(u -> wanted.isPinned() ? u.pinned().equals(wanted) : u.current())
        .filter(u -> u.allowance().covers(wish.agent(), wish.tool(), found.argument()))
        .findFirst();
  }

  /** The same for a secret that is not there and one that may not be had: nobody learns which. */
  private static String refusal(Wish wish, Found found) {
    return ("There is no '%s' that agent %s may hand to argument '%s' of %s; whoever keeps the secrets allows it with"
            + " 'agentos secret allow'.")
        .formatted(found.reference(), wish.agent(), found.argument(), wish.tool());
  }
}
