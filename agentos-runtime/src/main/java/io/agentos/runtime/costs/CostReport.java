package io.agentos.runtime.costs;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the cost ledger of one tenant.
 *
 * <p>Thread-safe.
 */
public final class CostReport {
  /** How many lines a report may have. */
  public static final int LINES_MAX = 10_000;

  private final Database database;

  public CostReport(Database database) {
    this.database = database;
  }

  /** What lines of a report are told apart by. */
  public enum Group {
    TENANT,
    PACK,
    /** As {@code PACK.AGENT}. */
    AGENT,
    PROVIDER,
    /** As {@code PROVIDER/MODEL}. */
    MODEL,
    /** Of the beginning of the call, in UTC. */
    DAY;

    /** Its name in requests and answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What calls a report is about.
   *
   * @param since calls that began then or later; null for all
   * @param until calls that began before; null for all
   */
  public record Query(Set<Group> groups, @Nullable Instant since, @Nullable Instant until) {
    public Query {
      groups = Set.copyOf(groups);
    }
  }

  /**
   * One line: the first six say what of, each null where nobody asked to group by it.
   *
   * @param calls all of them, whatever their end
   * @param cachedCalls those answered from answers kept before
   * @param failedCalls those without an answer
   * @param estimatedCalls those whose tokens and cost are worst cases
   * @param costUsdPicos the exact sum in pico-dollars
   */
  public record Line(
      @Nullable String tenant,
      @Nullable String pack,
      @Nullable String agent,
      @Nullable String provider,
      @Nullable String model,
      @Nullable String day,
      long calls,
      long cachedCalls,
      long failedCalls,
      long estimatedCalls,
      long inputTokens,
      long cacheReadTokens,
      long cacheWriteTokens,
      long cacheWriteHourTokens,
      long outputTokens,
      long reasoningTokens,
      BigInteger costUsdPicos) {
    private static final BigInteger PICOS_PER_MICRO = BigInteger.valueOf(1_000_000);

    /** The sum in micro-dollars, rounded up once. */
    public long costUsdMicros() {
      BigInteger[] parts = costUsdPicos.divideAndRemainder(PICOS_PER_MICRO);
      return parts[0].longValueExact() + parts[1].signum();
    }
  }

  /**
   * The lines that have calls, by day where that was asked for, the dearest first. Without groups,
   * one line of all; none when there were no calls.
   *
   * @throws AgentOsException INVALID_REQUEST when there are more than {@link #LINES_MAX}
   */
  public List<Line> lines(TenantId tenant, Query query) {
    Set<Group> groups = query.groups();
    List<Line> lines =
        database.inTenant(
            tenant,
            tx ->
                tx.query(
                    CostsSql.REPORT,
                    CostReport::line,
                    groups.contains(Group.TENANT),
                    groups.contains(Group.PACK),
                    groups.contains(Group.AGENT),
                    groups.contains(Group.PROVIDER),
                    groups.contains(Group.MODEL),
                    groups.contains(Group.DAY),
                    tenant.value(),
                    query.since(),
                    query.since(),
                    query.until(),
                    query.until(),
                    LINES_MAX + 1));
    if (lines.size() > LINES_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "The report has more than %,d lines; ask for a shorter time or fewer groups."
              .formatted(LINES_MAX));
    }
    return lines;
  }

  private static Line line(Row row) {
    return new Line(
        row.optionalText("tenant"),
        row.optionalText("pack"),
        row.optionalText("agent"),
        row.optionalText("provider"),
        row.optionalText("model"),
        row.optionalText("day"),
        row.longNumber("calls"),
        row.longNumber("cached_calls"),
        row.longNumber("failed_calls"),
        row.longNumber("estimated_calls"),
        row.longNumber("input_tokens"),
        row.longNumber("cache_read_tokens"),
        row.longNumber("cache_write_tokens"),
        row.longNumber("cache_write_hour_tokens"),
        row.longNumber("output_tokens"),
        row.longNumber("reasoning_tokens"),
        new BigInteger(row.text("cost_usd_picos")));
  }
}
