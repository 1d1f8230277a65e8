package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.gates.CheckpointTexts.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Terms that must not occur, and terms that must: row by row of whole words, as they look. */
final class WordsCheck implements Check {
  private final Map<String, List<Term>> banned;
  private final Map<String, List<Term>> required;
  private final List<String> requiredTerms;

  /** A term as its document writes it, and its words as they look. */
  private record Term(String text, List<String> words) {}

  WordsCheck(GateCheck.Words options) {
    this.banned = byFirstWord(options.banned());
    this.required = byFirstWord(options.required());
    this.requiredTerms = options.required();
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    List<String> findings = new ArrayList<>();
    Set<String> found = new LinkedHashSet<>();
    for (Place place : CheckpointTexts.of(checkpoint)) {
      List<String> words = Plain.words(place.text());
      for (String term : occurring(banned, words)) {
        findings.add("The term '%s' is not allowed and stands %s.".formatted(term, place.where()));
      }
      found.addAll(occurring(required, words));
    }
    requiredTerms.stream()
        .filter(term -> !found.contains(term))
        .map("The term '%s' is missing."::formatted)
        .forEach(findings::add);
    return consequence.of(findings);
  }

  private static Set<String> occurring(Map<String, List<Term>> terms, List<String> words) {
    Set<String> occurring = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      for (Term term : terms.getOrDefault(words.get(i), List.of())) {
        int end = i + term.words().size();
        if (end <= words.size() && words.subList(i, end).equals(term.words())) {
          occurring.add(term.text());
        }
      }
    }
    return occurring;
  }

  private static Map<String, List<Term>> byFirstWord(List<String> terms) {
    Map<String, List<Term>> byFirstWord = new HashMap<>();
    for (String term : terms) {
      List<String> words = Plain.words(term);
      if (!words.isEmpty()) {
        byFirstWord
            .computeIfAbsent(words.getFirst(), _ -> new ArrayList<>())
            .add(new Term(term, words));
      }
    }
    return byFirstWord;
  }
}
