package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.Contact;
import io.agentos.runtime.definitions.GateCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Only those are contacted who said yes, and nobody who said no. What cannot be read is nobody. */
final class ConsentCheck implements Check {
  private final ArgumentValues arguments;
  private final boolean consentNeeded;
  private final Set<String> consent = new HashSet<>();
  private final Set<String> doNotContact = new HashSet<>();

  ConsentCheck(GateCheck.Consent options) {
    this.arguments = ArgumentValues.named(options.arguments());
    this.consentNeeded = options.consentNeeded();
    for (String entry : options.consent()) {
      Contact.of(entry).ifPresent(contact -> consent.add(contact.value()));
    }
    for (String entry : options.doNotContact()) {
      Contact.of(entry)
          .ifPresent(contact -> doNotContact.addAll(List.of(contact.value(), contact.person())));
    }
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)) {
      return GateResult.PASS;
    }
    List<String> findings = new ArrayList<>();
    int recipients = 0;
    for (String value : arguments.texts(before.call().arguments())) {
      for (Optional<Contact> contact : Contact.row(value)) {
        recipients++;
        contact
            .map(this::finding)
            .orElse(Optional.of("is neither an e-mail address nor a phone number with its country"))
            .map(what -> "A recipient of %s %s.".formatted(before.tool().name(), what))
            .ifPresent(findings::add);
      }
    }
    if (recipients == 0) {
      findings.add("%s names no recipient.".formatted(before.tool().name()));
    }
    return consequence.of(findings);
  }

  private Optional<String> finding(Contact one) {
    if (doNotContact.contains(one.value())
        || doNotContact.contains(one.person())
        || doNotContact.contains(one.domain())) {
      return Optional.of("is on the list of those who must not be contacted");
    }
    return consentNeeded && !consent.contains(one.value()) && !consent.contains(one.domain())
        ? Optional.of("is not on the list of those who said yes")
        : Optional.empty();
  }
}
