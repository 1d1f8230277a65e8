package io.agentos.tools.mobile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an Info.plist opens or asks for, by the OWASP MASVS 2.1 and Apple's rules for review. */
final class AppleRules {
  private static final Pattern EMPTY_PURPOSE =
      Pattern.compile(
          "(?i)\\s*|todo.*|test.*|lorem.*|\\$\\(.*|.*(?:needs?|requires?|wants?) (?:access|your|the|this|to)[^.]{0,40}\\.?");
  private static final List<String> IDENTITY =
      List.of("CFBundleIdentifier", "CFBundleShortVersionString", "CFBundleVersion");
  private static final Set<String> BACKGROUND =
      Set.of("location", "audio", "voip", "external-accessory", "bluetooth-central");

  private final Plist plist;
  private final String file;
  private final List<Finding> found = new ArrayList<>();

  private AppleRules(Plist plist, String file) {
    this.plist = plist;
    this.file = file;
  }

  static List<Finding> findings(Plist plist, String file) {
    AppleRules rules = new AppleRules(plist, file);
    rules.transport();
    rules.purposes();
    rules.background();
    rules.links();
    rules.rest();
    return rules.found;
  }

  private void add(String rule, Severity severity, int line, String what, String why, String fix) {
    found.add(new Finding(rule, severity, new Place(file, line), what, why, fix));
  }

  private void transport() {
    plist
        .dict("NSAppTransportSecurity")
        .ifPresent(transport -> {
          for (String key :
              List.of(
                  "NSAllowsArbitraryLoads",
                  "NSAllowsArbitraryLoadsInWebContent",
                  "NSAllowsArbitraryLoadsForMedia")) {
            if (transport.isTrue(key)) {
              add(
                  "transport-open",
                  key.equals("NSAllowsArbitraryLoads") ? Severity.HIGH : Severity.MEDIUM,
                  transport.line(key),
                  "%s is true: the app may load unencrypted.".formatted(Words.code(key)),
                  "Whoever is on the way reads and changes what is sent (MASVS-NETWORK-1); Apple asks for a reason at review.",
                  "Take it out; allow single hosts under NSExceptionDomains, with a date.");
            }
          }
          transport
              .dict("NSExceptionDomains")
              .ifPresent(domains ->
                  domains
                      .values()
                      .forEach((host, value) -> {
                        if (value.name().equals("dict")) {
                          domain(host, Plist.ofDict(value), domains.line(host));
                        }
                      }));
        });
  }

  private void domain(String host, Plist rules, int line) {
    if (rules.isTrue("NSExceptionAllowsInsecureHTTPLoads")
        || rules.isTrue("NSTemporaryExceptionAllowsInsecureHTTPLoads")) {
      add(
          "host-unencrypted",
          Severity.MEDIUM,
          line,
          "%s may be reached unencrypted.".formatted(Words.code(host)),
          "Whoever is on the way reads and changes what is sent there.",
          "Have the host serve https, and take the exception out.");
    }
    rules
        .text("NSExceptionMinimumTLSVersion")
        .filter(version -> Set.of("TLSv1.0", "TLSv1.1").contains(version))
        .ifPresent(version ->
            add(
                "tls-too-old",
                Severity.MEDIUM,
                line,
                "%s may be reached with %s.".formatted(Words.code(host), version),
                "Both versions are broken and given up (RFC 8996).",
                "TLSv1.2 or newer."));
  }

  private void purposes() {
    plist
        .values()
        .forEach((key, value) -> {
          if (!key.endsWith("UsageDescription")) {
            return;
          }
          String text = value.text();
          if (text.length() < 15 || EMPTY_PURPOSE.matcher(text).matches()) {
            add(
                "purpose-empty",
                Severity.HIGH,
                plist.line(key),
                "%s says %s."
                    .formatted(Words.code(key), text.isEmpty() ? "nothing" : Words.code(text)),
                "Apple refuses apps that do not say what for (Guideline 5.1.1), and users say no.",
                "Say what the user gets: \"Scan the code on your ticket to check in.\"");
          }
          if (key.equals("NSLocationAlwaysAndWhenInUseUsageDescription")
              && plist.at("NSLocationWhenInUseUsageDescription").isEmpty()) {
            add(
                "location-always-only",
                Severity.MEDIUM,
                plist.line(key),
                "The app asks where the user is at all times, and not for \"while using\".",
                "Without the second text iOS does not ask at all.",
                "Add NSLocationWhenInUseUsageDescription, and ask for that first.");
          }
        });
  }

  private void background() {
    plist
        .at("UIBackgroundModes")
        .ifPresent(modes ->
            modes
                .children("string")
                .filter(mode -> BACKGROUND.contains(mode.text()))
                .forEach(mode ->
                    add(
                        "background-mode",
                        Severity.LOW,
                        mode.line(),
                        "The app runs in the background for %s.".formatted(Words.code(mode.text())),
                        "Apple refuses modes that no feature shows (Guideline 2.5.4); they cost battery.",
                        "Take out what no feature needs.")));
  }

  private void links() {
    plist
        .at("CFBundleURLTypes")
        .ifPresent(types ->
            types
                .children("dict")
                .map(Plist::ofDict)
                .forEach(type ->
                    type.at("CFBundleURLSchemes")
                        .ifPresent(schemes ->
                            schemes
                                .children("string")
                                .forEach(scheme ->
                                    add(
                                        "own-scheme",
                                        Severity.LOW,
                                        scheme.line(),
                                        "The app takes links of the scheme %s."
                                            .formatted(Words.code(scheme.text())),
                                        "Schemes belong to nobody: another app can take the same one, and the code of a sign-in with it.",
                                        "Universal links for all that carries a code or a token.")))));
    plist
        .at("LSApplicationQueriesSchemes")
        .filter(schemes -> schemes.children("string").count() > 50)
        .ifPresent(schemes ->
            add(
                "queries-too-many",
                Severity.MEDIUM,
                plist.line("LSApplicationQueriesSchemes"),
                "The app looks for %d other apps.".formatted(schemes.children("string").count()),
                "iOS takes 50; to look for more is taken for spying.",
                "Keep those that a feature opens."));
  }

  private void rest() {
    if (plist.isTrue("UIFileSharingEnabled")) {
      add(
          "files-shared",
          Severity.MEDIUM,
          plist.line("UIFileSharingEnabled"),
          "All of the app's documents are shared with computers and the Files app.",
          "Databases and tokens that lie there go along (MASVS-STORAGE-2).",
          "Take it out, or keep only what is meant for the user in Documents.");
    }
    if (plist.isTrue("get-task-allow")) {
      add(
          "debuggable",
          Severity.HIGH,
          plist.line("get-task-allow"),
          "The app can be debugged.",
          "Whoever has the device reads its memory; the store refuses it.",
          "Sign the release without it.");
    }
    for (String key : IDENTITY) {
      if (plist.at(key).isEmpty()) {
        add(
            "identity-missing",
            Severity.LOW,
            plist.line(key),
            "%s is missing.".formatted(Words.code(key)),
            "Unless the build adds it, the app cannot be delivered.",
            "Set it here or in the build settings.");
      }
    }
    export();
    secrets();
  }

  private void export() {
    if (plist.at("ITSAppUsesNonExemptEncryption").isEmpty()) {
      add(
          "export-not-said",
          Severity.LOW,
          plist.line("ITSAppUsesNonExemptEncryption"),
          "ITSAppUsesNonExemptEncryption is missing.",
          "Each upload waits until somebody answers the question about encryption by hand.",
          "<key>ITSAppUsesNonExemptEncryption</key>\n<false/>");
    }
  }

  private void secrets() {
    plist
        .values()
        .forEach((key, value) -> {
          String text = value.name().equals("string") ? value.text() : "";
          boolean looks =
              text.matches("AIza[0-9A-Za-z_-]{35}|(?:sk|rk)_live_\\w{8,200}|AKIA[0-9A-Z]{16}")
                  || (key.matches("(?i).*(?:secret|password|privatekey|api_?token).*")
                      && text.length() >= 8);
          if (looks && !text.startsWith("$(")) {
            add(
                "secret-in-manifest",
                Severity.HIGH,
                plist.line(key),
                "%s holds what looks like a key; it is not repeated here."
                    .formatted(Words.code(key)),
                "Everybody who downloads the app can read it.",
                "Keep it on a server, and change this one.");
          }
        });
  }
}
