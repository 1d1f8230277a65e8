package io.agentos.runtime.definitions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gate checks, with its options; docs/gates.md tells what each does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GateCheck.FitsSchema.class, name = "schema"),
  @JsonSubTypes.Type(value = GateCheck.Length.class, name = "length"),
  @JsonSubTypes.Type(value = GateCheck.Sections.class, name = "sections"),
  @JsonSubTypes.Type(value = GateCheck.Citations.class, name = "citations"),
  @JsonSubTypes.Type(value = GateCheck.Readability.class, name = "readability"),
  @JsonSubTypes.Type(value = GateCheck.Words.class, name = "words"),
  @JsonSubTypes.Type(value = GateCheck.Secrets.class, name = "secrets"),
  @JsonSubTypes.Type(value = GateCheck.Pii.class, name = "pii"),
  @JsonSubTypes.Type(value = GateCheck.Injection.class, name = "injection"),
  @JsonSubTypes.Type(value = GateCheck.Destination.class, name = "destination"),
  @JsonSubTypes.Type(value = GateCheck.Untrusted.class, name = "untrusted"),
  @JsonSubTypes.Type(value = GateCheck.Url.class, name = "url"),
  @JsonSubTypes.Type(value = GateCheck.Sql.class, name = "sql"),
  @JsonSubTypes.Type(value = GateCheck.Consent.class, name = "consent"),
  @JsonSubTypes.Type(value = GateCheck.QuietHours.class, name = "quiet-hours"),
  @JsonSubTypes.Type(value = GateCheck.Amount.class, name = "amount"),
  @JsonSubTypes.Type(value = GateCheck.Human.class, name = "human")
})
public sealed interface GateCheck {
  /** Which part of an answer is checked. */
  enum AnswerPart {
    FIELDS,
    TEXT
  }

  /** Personal data that has a form. */
  enum PiiClass {
    EMAIL,
    PHONE,
    CARD,
    IBAN,
    SSN,
    IP
  }

  /** What a SQL text does. */
  enum SqlClass {
    READ,
    WRITE,
    DDL,
    MULTIPLE
  }

  /** An answer fits a JSON Schema. */
  record FitsSchema(AnswerPart of, Map<String, @Nullable Object> schema) implements GateCheck {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public FitsSchema(AnswerPart of, Map<String, @Nullable Object> schema) {
      this.of = of;
      this.schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    }
  }

  /** A text has its length. */
  record Length(int charactersMin, int charactersMax, int wordsMin, int wordsMax)
      implements GateCheck {}

  /** An answer has its headings. */
  record Sections(List<String> required) implements GateCheck {
    public Sections {
      required = List.copyOf(required);
    }
  }

  /** An answer names its sources. */
  record Citations(int min, String heading, boolean everyParagraph, boolean urlsSeen)
      implements GateCheck {}

  /** English prose is as easy as it must be; a bound that is null does not hold. */
  record Readability(
      @Nullable BigDecimal easeMin,
      @Nullable BigDecimal easeMax,
      @Nullable BigDecimal gradeMin,
      @Nullable BigDecimal gradeMax)
      implements GateCheck {}

  /** Terms that must not and must occur. */
  record Words(List<String> banned, List<String> required) implements GateCheck {
    public Words {
      banned = List.copyOf(banned);
      required = List.copyOf(required);
    }
  }

  /** No credentials. */
  record Secrets() implements GateCheck {}

  /**
   * No personal data.
   *
   * @param allowed values that may occur, and {@code @DOMAIN} for all addresses of a domain
   */
  record Pii(List<PiiClass> classes, List<String> allowed) implements GateCheck {
    public Pii {
      classes = List.copyOf(classes);
      allowed = List.copyOf(allowed);
    }
  }

  /** No signs that a text gives orders to the model. */
  record Injection(int signsMin) implements GateCheck {}

  /** What says where something goes comes from the user, the definition or this list. */
  record Destination(List<String> arguments, List<String> allowed) implements GateCheck {
    public Destination {
      arguments = List.copyOf(arguments);
      allowed = List.copyOf(allowed);
    }
  }

  /**
   * After an untrusted text was read, nothing begins that was not decided before.
   *
   * @param trusted patterns of tools whose answers nobody outside can have written
   * @param contained patterns of tools that read what the task was given and carry nothing out
   */
  record Untrusted(List<String> trusted, List<String> contained) implements GateCheck {
    public Untrusted {
      trusted = List.copyOf(trusted);
      contained = List.copyOf(contained);
    }
  }

  /** URLs lead where they may. */
  record Url(
      List<String> arguments,
      List<String> schemes,
      List<String> allowed,
      List<String> denied,
      boolean privateAllowed)
      implements GateCheck {
    public Url {
      arguments = List.copyOf(arguments);
      schemes = List.copyOf(schemes);
      allowed = List.copyOf(allowed);
      denied = List.copyOf(denied);
    }
  }

  /** SQL does what it may. */
  record Sql(List<String> arguments, List<SqlClass> allowed) implements GateCheck {
    public Sql {
      arguments = List.copyOf(arguments);
      allowed = List.copyOf(allowed);
    }
  }

  /**
   * Only those are contacted who may be.
   *
   * @param consentNeeded whether only those of {@code consent} may be contacted
   */
  record Consent(
      List<String> arguments,
      boolean consentNeeded,
      List<String> consent,
      List<String> doNotContact)
      implements GateCheck {
    public Consent {
      arguments = List.copyOf(arguments);
      consent = List.copyOf(consent);
      doNotContact = List.copyOf(doNotContact);
    }
  }

  /**
   * Nothing happens in quiet hours.
   *
   * @param days on which they begin
   * @param from {@code HH:mm}, the first quiet minute
   * @param to {@code HH:mm}, the first minute that is not quiet; of the next day when not later
   */
  record QuietHours(String timezone, List<DayOfWeek> days, String from, String to)
      implements GateCheck {
    public QuietHours {
      days = List.copyOf(days);
    }
  }

  /**
   * The higher an amount, the more people.
   *
   * @param approversAbove how many for what is above the last tier; null blocks it
   * @param currencyArgument where the currency stands; null for no check of it
   */
  record Amount(
      String argument,
      List<Tier> tiers,
      @Nullable Integer approversAbove,
      @Nullable String currencyArgument,
      @Nullable String currency)
      implements GateCheck {
    /** Amounts up to {@code upTo} take so many people. */
    public record Tier(BigDecimal upTo, int approvers) {}

    @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
    public Amount {
      tiers = List.copyOf(tiers);
    }
  }

  /** A person looks, always. */
  record Human(String reason) implements GateCheck {}
}
