package io.agentos.tools.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The configuration that git works with: ours, and of the repository's own only what says how its
 * files are to be read. Nothing that is let through can name a program, a file or an address.
 */
final class GitConfiguration {
  private static final Pattern PLAIN_VALUE = Pattern.compile("[a-z0-9]{1,20}");
  private static final Map<String, String> LET_THROUGH =
      Map.of(
          "core.filemode", "core",
          "core.ignorecase", "core",
          "core.precomposeunicode", "core",
          "core.symlinks", "core",
          "core.autocrlf", "core",
          "core.eol", "core",
          "extensions.objectformat", "extensions",
          "extensions.refstorage", "extensions");

  /** What is set for every run, whatever a configuration file says. */
  static final List<String> ALWAYS =
      List.of(
          "core.fsmonitor=false",
          "core.untrackedCache=false",
          "core.hooksPath=/dev/null",
          "core.attributesFile=/dev/null",
          "core.excludesFile=/dev/null",
          "core.sshCommand=false",
          "core.pager=cat",
          "core.quotePath=false",
          "core.bigFileThreshold=16m",
          "credential.helper=",
          "diff.renameLimit=400",
          "gc.auto=0",
          "log.showSignature=false",
          "maintenance.auto=false",
          "protocol.allow=never",
          "submodule.recurse=false",
          "safe.directory=*");

  private GitConfiguration() {}

  /**
   * The text of our configuration file.
   *
   * @param listed what {@code git config --null --list} prints of the repository's own
   */
  static String text(String listed) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    sections.put("core", new ArrayList<>(List.of("repositoryformatversion = 1", "bare = false")));
    for (String entry : listed.split("\0", -1)) {
      int end = entry.indexOf('\n');
      String key = (end < 0 ? entry : entry.substring(0, end)).toLowerCase(Locale.ROOT);
      String value = end < 0 ? "true" : entry.substring(end + 1);
      String section = LET_THROUGH.get(key);
      if (section != null && PLAIN_VALUE.matcher(value).matches()) {
        sections
            .computeIfAbsent(section, name -> new ArrayList<>())
            .add(key.substring(key.indexOf('.') + 1) + " = " + value);
      }
    }
    StringBuilder text = new StringBuilder();
    sections.forEach((section, lines) ->
        text.append("[%s]\n\t%s\n".formatted(section, String.join("\n\t", lines))));
    return text.toString();
  }
}
