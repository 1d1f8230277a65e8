package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.PiiClass;
import io.agentos.runtime.gates.CheckpointTexts.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** No personal data of the classes that its document names, but what that allows. */
final class PiiCheck implements Check {
  private final List<PiiClass> classes;
  private final Set<String> allowed;

  PiiCheck(GateCheck.Pii options) {
    this.classes = options.classes();
    this.allowed = options.allowed().stream().map(PiiCheck::plain).collect(Collectors.toSet());
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    List<String> findings = new ArrayList<>();
    for (Place place : CheckpointTexts.of(checkpoint)) {
      String text = Plain.visible(place.text());
      for (PiiClass wanted : classes) {
        if (PersonalForms.find(wanted, text).stream().anyMatch(found -> !isAllowed(found))) {
          findings.add("There is %s %s.".formatted(PersonalForms.name(wanted), place.where()));
        }
      }
    }
    return consequence.of(findings);
  }

  private boolean isAllowed(String found) {
    String plain = plain(found);
    return allowed.contains(plain)
        || allowed.contains(plain.substring(Math.max(0, plain.indexOf('@'))));
  }

  private static String plain(String value) {
    return value.replaceAll("[\\s()-]", "").toLowerCase(Locale.ROOT);
  }
}
