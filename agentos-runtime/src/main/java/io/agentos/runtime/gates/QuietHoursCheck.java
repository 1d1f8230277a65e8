package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Nothing happens in quiet hours, by the clock of a time zone. */
final class QuietHoursCheck implements Check {
  private final GateCheck.QuietHours options;
  private final LocalTime from;
  private final LocalTime to;
  private final ZoneId zone;
  private final InstantSource clock;

  QuietHoursCheck(GateCheck.QuietHours options, InstantSource clock) {
    this.options = options;
    this.from = LocalTime.parse(options.from());
    this.to = LocalTime.parse(options.to());
    this.zone = ZoneId.of(options.timezone());
    this.clock = clock;
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return quiet(clock.instant().atZone(zone))
        ? consequence.of(
            List.of("It is quiet from %s to %s in %s.".formatted(from, to, options.timezone())))
        : GateResult.PASS;
  }

  private boolean quiet(ZonedDateTime now) {
    LocalTime time = now.toLocalTime();
    boolean begun = !time.isBefore(from);
    boolean ended = !time.isBefore(to);
    if (from.isBefore(to)) {
      return begun && !ended && options.days().contains(now.getDayOfWeek());
    }
    // Through the night: the hours before its end belong to the evening before.
    return (begun && options.days().contains(now.getDayOfWeek()))
        || (!ended && options.days().contains(now.getDayOfWeek().minus(1)));
  }
}
