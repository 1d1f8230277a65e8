package io.agentos.tools.marketing.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyllablesTest {

  /** Counts as dictionaries divide the words. */
  @ParameterizedTest
  @CsvSource({
    "cat,1",
    "the,1",
    "boat,1",
    "boats,1",
    "leave,1",
    "leaves,1",
    "price,1",
    "prices,2",
    "house,1",
    "travel,2",
    "ticket,2",
    "tickets,2",
    "evening,2",
    "people,2",
    "table,2",
    "tables,2",
    "little,2",
    "walked,1",
    "wanted,2",
    "needed,2",
    "changed,1",
    "making,2",
    "played,1",
    "station,2",
    "business,2",
    "customer,3",
    "customers,3",
    "beautiful,3",
    "different,2",
    "every,2",
    "important,3",
    "readability,5",
    "university,5",
    "information,4",
    "organization,5",
    "example,3",
    "passengers,3",
    "departure,3",
    "refurbished,3",
    "announce,2",
    "create,2",
    "created,3",
    "experience,4",
    "facilitate,4",
    "guaranteed,3",
    "revolutionary,6",
    "website,2",
    "area,3",
    "idea,3",
    "science,2",
    "quiet,2",
    "trying,2",
    "rhythm,1",
    "simply,2",
    "lovely,2",
    "useful,2",
    "careless,2",
    "statement,2",
    "movement,2",
    "state-of-the-art,4",
    "30,1"
  })
  void word_asInTheDictionary(String word, int syllables) {
    assertThat(Syllables.of(word)).as(word).isEqualTo(syllables);
  }

  @Test
  void oddWords_countAtLeastOne() {
    assertThat(Syllables.of("")).isEqualTo(1);
    assertThat(Syllables.of("pfft")).isEqualTo(1);
    assertThat(Syllables.of("ÆØÅ")).isEqualTo(1);
    assertThat(Syllables.of("a".repeat(100_000))).isEqualTo(1);
  }
}
