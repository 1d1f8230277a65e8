package io.agentos.tools.mobile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an Android manifest opens or asks for, by the OWASP MASVS 2.1 (storage, network, platform,
 * code, privacy) and the rules of Google Play.
 */
final class AndroidRules {
  /** The level that Google Play asks of new apps and updates since 31 August 2025. */
  static final int TARGET_MIN = 35;

  private static final Map<String, String> SENSITIVE =
      Map.ofEntries(
          Map.entry("READ_SMS", "reads text messages; only for a default SMS app on Google Play"),
          Map.entry(
              "SEND_SMS",
              "sends text messages that cost money; only for a default SMS app on Google Play"),
          Map.entry(
              "RECEIVE_SMS", "reads text messages as they come, codes for signing in among them"),
          Map.entry(
              "READ_CALL_LOG",
              "reads whom the user called; only for a default phone app on Google Play"),
          Map.entry(
              "PROCESS_OUTGOING_CALLS", "sees whom the user calls; deprecated since Android 10"),
          Map.entry("READ_CONTACTS", "reads all contacts"),
          Map.entry("RECORD_AUDIO", "records sound"),
          Map.entry("CAMERA", "takes pictures"),
          Map.entry("ACCESS_FINE_LOCATION", "knows where the user is, to some metres"),
          Map.entry(
              "ACCESS_BACKGROUND_LOCATION",
              "knows where the user is all day; needs a declaration on Google Play"),
          Map.entry("BODY_SENSORS", "reads health data"),
          Map.entry(
              "QUERY_ALL_PACKAGES", "sees all installed apps; needs a declaration on Google Play"),
          Map.entry(
              "MANAGE_EXTERNAL_STORAGE",
              "reads and writes all files; needs a declaration on Google Play"),
          Map.entry(
              "REQUEST_INSTALL_PACKAGES",
              "installs other apps; needs a declaration on Google Play"),
          Map.entry(
              "SYSTEM_ALERT_WINDOW", "draws over other apps, as those do that steal passwords"),
          Map.entry("BIND_ACCESSIBILITY_SERVICE", "reads and presses everything on the screen"),
          Map.entry("READ_PHONE_STATE", "reads numbers of the device and the line"));
  private static final Set<String> OLD_STORAGE =
      Set.of("WRITE_EXTERNAL_STORAGE", "READ_EXTERNAL_STORAGE");

  private final Element manifest;
  private final String file;
  private final List<Finding> found = new ArrayList<>();

  private AndroidRules(Element manifest, String file) {
    this.manifest = manifest;
    this.file = file;
  }

  static List<Finding> findings(Element manifest, String file) {
    AndroidRules rules = new AndroidRules(manifest, file);
    rules.levels();
    rules.permissions();
    rules.ownPermissions();
    manifest
        .children("application")
        .forEach(application -> {
          rules.application(application);
          for (Element component : application.children()) {
            if (AndroidComponents.KINDS.contains(component.name())) {
              rules.found.addAll(AndroidComponents.findings(component, file));
            }
          }
        });
    return rules.found;
  }

  private void add(String rule, Severity severity, int line, String what, String why, String fix) {
    found.add(new Finding(rule, severity, new Place(file, line), what, why, fix));
  }

  private void levels() {
    manifest
        .children("uses-sdk")
        .forEach(sdk -> {
          sdk.attribute("targetSdkVersion")
              .filter(level -> level.matches("\\d{1,3}") && Integer.parseInt(level) < TARGET_MIN)
              .ifPresent(level ->
                  add(
                      "target-too-old",
                      Severity.HIGH,
                      sdk.line("targetSdkVersion"),
                      "targetSdkVersion is %s.".formatted(level),
                      "Google Play takes no new app or update below %d since 31 August 2025, and the app keeps the weaker rules of its time."
                          .formatted(TARGET_MIN),
                      "Raise it in build.gradle to %d or more, and test what changed."
                          .formatted(TARGET_MIN)));
          sdk.attribute("minSdkVersion")
              .filter(level -> level.matches("\\d{1,3}") && Integer.parseInt(level) < 24)
              .ifPresent(level ->
                  add(
                      "minimum-too-old",
                      Severity.MEDIUM,
                      sdk.line("minSdkVersion"),
                      "minSdkVersion is %s.".formatted(level),
                      "Below 24 (Android 7) certificates that a user installed are trusted, and apps signed the old way can be replaced (Janus).",
                      "Raise it to 26 or more; few devices are below."));
        });
  }

  private void permissions() {
    Set<String> seen = new HashSet<>();
    for (Element permission : manifest.children()) {
      if (permission.name().startsWith("uses-permission")) {
        String name = permission.attribute("name").orElse("");
        permission(permission, name.substring(name.lastIndexOf('.') + 1), !seen.add(name));
      }
    }
  }

  private void permission(Element permission, String plain, boolean again) {
    if (again) {
      add(
          "permission-twice",
          Severity.LOW,
          permission.line(),
          "%s is asked for twice.".formatted(Words.code(plain)),
          "Limits such as maxSdkVersion on one of them have no effect.",
          "Keep one.");
    } else if (SENSITIVE.containsKey(plain)) {
      add(
          "permission-sensitive",
          Severity.MEDIUM,
          permission.line(),
          "%s: the app %s.".formatted(Words.code(plain), SENSITIVE.get(plain)),
          "Users refuse it, stores ask why, and whoever gets into the app has it too.",
          "Take it out if no feature needs it (libraries add some: tools:node=\"remove\"); else ask for it when the feature is used, and say why.");
    } else if (OLD_STORAGE.contains(plain) && permission.attribute("maxSdkVersion").isEmpty()) {
      add(
          "permission-without-effect",
          Severity.LOW,
          permission.line(),
          "%s has no effect since Android 13, or 11 for writing.".formatted(Words.code(plain)),
          "Users of older devices are asked for all files without need.",
          "android:maxSdkVersion=\"32\" (29 for writing), and the photo picker or MediaStore.");
    }
  }

  private void ownPermissions() {
    manifest
        .children("permission")
        .forEach(own -> {
          String level = own.attribute("protectionLevel").orElse("normal");
          if (level.contains("normal") || level.contains("dangerous")) {
            add(
                "own-permission-weak",
                Severity.MEDIUM,
                own.line("protectionLevel"),
                "The permission %s has the level %s."
                    .formatted(Words.code(own.attribute("name").orElse("")), Words.code(level)),
                "Any app can ask for it, and what it protects is open.",
                "android:protectionLevel=\"signature\"");
          }
        });
  }

  private void application(Element application) {
    if (application.isTrue("debuggable")) {
      add(
          "debuggable",
          Severity.HIGH,
          application.line("debuggable"),
          "The app is debuggable.",
          "Whoever has the device reads and changes all that the app holds; stores refuse it.",
          "Take the attribute out: the build sets it for debug builds only.");
    }
    if (application.isTrue("usesCleartextTraffic")) {
      add(
          "cleartext-traffic",
          Severity.HIGH,
          application.line("usesCleartextTraffic"),
          "The app may send unencrypted.",
          "Whoever is on the way reads and changes what is sent (MASVS-NETWORK-1).",
          "Take it out; allow single hosts in a network security config, for debug builds.");
    }
    if (application.isTrue("requestLegacyExternalStorage")) {
      add(
          "legacy-storage",
          Severity.LOW,
          application.line("requestLegacyExternalStorage"),
          "The app asks for the storage rules of Android 9.",
          "It has no effect from target 30 on, and hides what has to be changed.",
          "Take it out.");
    }
    missing(application);
    application.children("meta-data").forEach(this::secret);
  }

  /** What holds, or is left to defaults, because an attribute is missing. */
  private void missing(Element application) {
    boolean backedUp =
        application.attribute("allowBackup").map(value -> value.equals("true")).orElse(true);
    boolean ruled =
        application.attribute("dataExtractionRules").isPresent()
            || application.attribute("fullBackupContent").isPresent();
    if (backedUp && !ruled) {
      add(
          "backup-of-everything",
          Severity.MEDIUM,
          application.line("allowBackup"),
          application.attribute("allowBackup").isPresent()
              ? "allowBackup is true, without rules for what goes along."
              : "allowBackup is not set, and that means true.",
          "Keys and tokens go into backups and on to other devices (MASVS-STORAGE-2).",
          "android:allowBackup=\"false\", or dataExtractionRules that leave secrets out.");
    }
    if (application.attribute("networkSecurityConfig").isEmpty()) {
      add(
          "no-network-config",
          Severity.LOW,
          application.line(),
          "There is no network security config.",
          "Which hosts may be reached how is left to defaults that differ between versions.",
          "android:networkSecurityConfig=\"@xml/network\" with cleartextTrafficPermitted=\"false\"");
    }
  }

  private void secret(Element data) {
    String name = data.attribute("name").orElse("");
    String value = data.attribute("value").orElse("");
    boolean looks =
        value.matches(
                "AIza[0-9A-Za-z_-]{35}|(?:sk|rk)_live_\\w{8,200}|AKIA[0-9A-Z]{16}|ey[\\w-]{10,500}\\.[\\w-]{10,2000}\\..*")
            || (name.toLowerCase(Locale.ROOT).matches(".*(?:secret|password|private).*")
                && value.length() >= 8);
    if (looks && !value.startsWith("@") && !value.startsWith("${")) {
      add(
          "secret-in-manifest",
          Severity.HIGH,
          data.line("value"),
          "%s holds what looks like a key; it is not repeated here.".formatted(Words.code(name)),
          "Everybody who downloads the app can read it.",
          "Keep it on a server; where it must be in the app, bind it to package and signature, and change this one.");
    }
  }
}
