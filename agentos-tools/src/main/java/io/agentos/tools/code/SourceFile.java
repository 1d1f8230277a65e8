package io.agentos.tools.code;

import java.util.List;

/**
 * What was seen of one file.
 *
 * @param path relative to the folder, {@code /} between names
 * @param lines counted in as much of it as was read
 * @param functions those long enough to be told of, longest first
 * @param marks how many marks such as TODO its comments hold
 */
record SourceFile(
    String path,
    Language language,
    Role role,
    long bytes,
    int lines,
    List<Function> functions,
    int marks) {

  /** What a file is there for. */
  enum Role {
    SOURCE,
    TEST,
    /** Written by a program, copied from elsewhere or minified: counted, and not judged. */
    GENERATED
  }

  SourceFile {
    functions = List.copyOf(functions);
  }

  /** Whether its shape says something about the people who wrote it. */
  boolean isOwnCode() {
    return language.isCode() && role == Role.SOURCE;
  }

  boolean isTest() {
    return language.isCode() && role == Role.TEST;
  }
}
