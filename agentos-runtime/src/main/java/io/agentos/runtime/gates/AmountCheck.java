package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.api.ToolCall;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.Amount.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The higher an amount, the more people. Several amounts in one call count together, so that many
 * small ones are no way around; what is no exact, plain number blocks.
 */
final class AmountCheck implements Check {
  private static final Pattern PLAIN = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,6})?");
  private static final int AMOUNTS_MAX = 10_000;

  private final GateCheck.Amount options;
  private final ArgumentValues amounts;

  AmountCheck(GateCheck.Amount options) {
    this.options = options;
    this.amounts = ArgumentValues.named(List.of(options.argument()));
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return checkpoint instanceof Checkpoint.BeforeTool before
        ? check(before.call(), consequence.quorum())
        : GateResult.PASS;
  }

  private GateResult check(ToolCall call, Quorum quorum) {
    if (!currencyFits(call)) {
      return new GateResult.Block(
          "Argument '%s' is not %s, of which the tiers are."
              .formatted(options.currencyArgument(), options.currency()));
    }
    @Nullable BigDecimal sum = sum(call);
    if (sum == null) {
      return new GateResult.Block(
          "Argument '%s' must be an amount, not negative, of at most 18 digits and 6 decimals."
              .formatted(options.argument()));
    }
    for (Tier tier : options.tiers()) {
      if (sum.compareTo(tier.upTo()) <= 0) {
        return tier.approvers() == 0
            ? GateResult.PASS
            : ask("up to " + tier.upTo().toPlainString(), tier.approvers(), quorum);
      }
    }
    String last = options.tiers().getLast().upTo().toPlainString();
    @Nullable Integer above = options.approversAbove();
    return above == null
        ? new GateResult.Block("The amount is above %s, the most that is allowed.".formatted(last))
        : ask("above " + last, above, quorum);
  }

  private static GateResult ask(String tier, int approvers, Quorum quorum) {
    return new GateResult.Escalate(
        "An amount %s takes %d %s."
            .formatted(tier, approvers, approvers == 1 ? "person" : "people"),
        new Quorum(approvers, quorum.roles()));
  }

  private boolean currencyFits(ToolCall call) {
    if (options.currencyArgument() == null || options.currency() == null) {
      return true;
    }
    List<String> found =
        ArgumentValues.named(List.of(options.currencyArgument())).texts(call.arguments());
    return !found.isEmpty() && found.stream().allMatch(options.currency()::equalsIgnoreCase);
  }

  /** Null when there is none, or one that cannot be read exactly. */
  private @Nullable BigDecimal sum(ToolCall call) {
    List<@Nullable Object> values = amounts.in(call.arguments());
    BigDecimal sum = BigDecimal.ZERO;
    for (@Nullable Object value : values) {
      @Nullable BigDecimal amount = amount(value);
      if (amount == null) {
        return null;
      }
      sum = sum.add(amount);
    }
    return values.isEmpty() || values.size() > AMOUNTS_MAX ? null : sum;
  }

  private static @Nullable BigDecimal amount(@Nullable Object value) {
    String text =
        switch (value) {
          case String written -> written;
          case Double number -> Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : "";
          case BigDecimal decimal -> plain(decimal);
          case Number whole -> whole.toString();
          case null, default -> "";
        };
    return PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Of an exponent beyond all bounds, nothing: its digits would fill the memory. */
  private static String plain(BigDecimal decimal) {
    return Math.abs((long) decimal.scale()) > 40 ? "" : decimal.toPlainString();
  }
}
