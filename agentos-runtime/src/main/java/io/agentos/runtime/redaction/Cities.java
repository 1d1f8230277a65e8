package io.agentos.runtime.redaction;

import java.util.Locale;
import java.util.Set;

/** The names of large cities. */
final class Cities {
  private static final Set<String> CITIES =
      Set.of(
          "london",
          "paris",
          "berlin",
          "madrid",
          "rome",
          "vienna",
          "amsterdam",
          "brussels",
          "lisbon",
          "dublin",
          "copenhagen",
          "stockholm",
          "oslo",
          "helsinki",
          "warsaw",
          "prague",
          "budapest",
          "athens",
          "zurich",
          "zürich",
          "geneva",
          "munich",
          "hamburg",
          "frankfurt",
          "cologne",
          "stuttgart",
          "barcelona",
          "valencia",
          "seville",
          "milan",
          "naples",
          "turin",
          "lyon",
          "marseille",
          "moscow",
          "istanbul",
          "ankara",
          "cairo",
          "lagos",
          "nairobi",
          "johannesburg",
          "mumbai",
          "delhi",
          "bangalore",
          "kolkata",
          "chennai",
          "karachi",
          "lahore",
          "dhaka",
          "bangkok",
          "singapore",
          "jakarta",
          "manila",
          "hanoi",
          "beijing",
          "shanghai",
          "shenzhen",
          "guangzhou",
          "tokyo",
          "osaka",
          "kyoto",
          "seoul",
          "sydney",
          "melbourne",
          "brisbane",
          "perth",
          "auckland",
          "toronto",
          "montreal",
          "vancouver",
          "chicago",
          "boston",
          "houston",
          "dallas",
          "seattle",
          "denver",
          "miami",
          "atlanta",
          "detroit",
          "philadelphia",
          "phoenix",
          "baltimore",
          "lima",
          "bogotá",
          "santiago",
          "caracas",
          "tehran",
          "baghdad",
          "riyadh",
          "dubai",
          "manchester",
          "birmingham",
          "glasgow",
          "edinburgh",
          "liverpool");

  private Cities() {}

  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i < stretch.to) {
      int end = i;
      while (end < stretch.to && Stretch.letter(stretch.text.charAt(end))) {
        end++;
      }
      if (end - i > 3
          && Character.isUpperCase(stretch.text.charAt(i))
          && CITIES.contains(stretch.text.substring(i, end).toLowerCase(Locale.ROOT))) {
        stretch.add(SensitiveKind.CITY, i, end);
      }
      i = Math.max(end, i + 1);
    }
  }
}
