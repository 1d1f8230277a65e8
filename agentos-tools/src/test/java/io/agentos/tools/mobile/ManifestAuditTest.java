package io.agentos.tools.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManifestAuditTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "mobile");
  private static final String ANDROID =
      """
      <manifest xmlns:android="http://schemas.android.com/apk/res/android">
        <uses-sdk android:minSdkVersion="26" android:targetSdkVersion="35"/>
        <application android:allowBackup="false" android:networkSecurityConfig="@xml/network">
          <activity android:name=".Main" android:exported="false"/>
        </application>
      </manifest>
      """;
  private static final String APPLE =
      """
      <plist version="1.0"><dict>
      <key>CFBundleIdentifier</key><string>a.b</string>
      <key>CFBundleShortVersionString</key><string>1.0</string>
      <key>CFBundleVersion</key><string>1</string>
      <key>ITSAppUsesNonExemptEncryption</key><false/>
      </dict></plist>
      """;

  private static ToolResult audit(String manifest) {
    return Call.tool(
        MobileTools.tools(FileRoots.of(List.of(EXAMPLES))),
        "mobile.audit_manifest",
        "manifest",
        manifest);
  }

  @Test
  void androidExample_everyFault_namedAndNothingElse() {
    ToolResult result = audit("AndroidManifest.xml");

    assertThat(Found.in(result).stream().map(one -> one.replace("AndroidManifest.xml", "")))
        .containsExactly(
            "high cleartext-traffic :18",
            "high debuggable :16",
            "high exported-not-said :42",
            "high provider-open :53",
            "high secret-in-manifest :20",
            "high target-too-old :4",
            "medium backup-of-everything :15",
            "medium component-open :48",
            "medium link-not-verified :30",
            "medium minimum-too-old :4",
            "medium own-permission-weak :12",
            "medium permission-sensitive :7",
            "medium permission-sensitive :8",
            "medium provider-grants-all :54",
            "low legacy-storage :17",
            "low no-network-config :14",
            "low own-scheme :35",
            "low permission-twice :10",
            "low permission-without-effect :9",
            "low task-affinity :29");
    assertThat(result.fields())
        .containsEntry("platform", "android")
        .containsEntry("permissions", 5L)
        .containsEntry("components", 5L);
    assertThat(result.text()).doesNotContain("not-a-real-secret");
  }

  @Test
  void appleExample_everyFault_namedAndNothingElse() {
    ToolResult result = audit("Info.plist");

    assertThat(Found.in(result).stream().map(one -> one.replace("Info.plist", "")))
        .containsExactly(
            "high purpose-empty :26",
            "high secret-in-manifest :45",
            "high transport-open :11",
            "medium files-shared :43",
            "medium host-unencrypted :15",
            "medium location-always-only :28",
            "medium tls-too-old :15",
            "low background-mode :32",
            "low export-not-said :5",
            "low identity-missing :5",
            "low own-scheme :39");
    assertThat(result.text()).doesNotContain("not-a-real-secret");
  }

  @Test
  void tidyManifests_haveNothingToSay() {
    assertThat(Found.in(audit(ANDROID))).isEmpty();
    assertThat(Found.in(audit("\uFEFF" + ANDROID.replace("\n", "\r\n")))).isEmpty();
    assertThat(Found.in(audit(APPLE))).isEmpty();
  }

  @Test
  void backup_leftOut_meansTrue() {
    ToolResult result = audit(ANDROID.replace("android:allowBackup=\"false\" ", ""));

    assertThat(Found.in(result)).containsExactly("medium backup-of-everything line 3");
    assertThat(Found.field(result, "backup-of-everything", "line 3", "what"))
        .isEqualTo("allowBackup is not set, and that means true.");
  }

  @Test
  void openComponents_withPermission_areFine() {
    String open = "android:exported=\"true\"";

    assertThat(Found.in(audit(ANDROID.replace("android:exported=\"false\"", open))))
        .containsExactly("medium component-open line 4");
    assertThat(
            Found.in(
                audit(
                    ANDROID.replace(
                        "android:exported=\"false\"", open + " android:permission=\"x.Y\""))))
        .isEmpty();
  }

  @Test
  void broken_saysLineAndReason() {
    assertThat(audit("<manifest>\n<application>\n</manifest>").text())
        .startsWith("Line 3 is not XML that can be read: The element type \"application\" must be");
    Found.assertFailure(
        audit("<html/>"),
        "Found an XML document of <html>. Wanted an AndroidManifest.xml, which begins with"
            + " <manifest>, or an Info.plist, which begins with <plist>.");
    Found.assertFailure(
        audit("bplist00\u0001\u0002"),
        "The property list is binary. Turn it into XML first: plutil -convert xml1 Info.plist.");
    Found.assertFailure(
        audit("<plist><dict><key>a</key><key>b</key></dict></plist>"),
        "Line 1: the key 'a' of the property list has no value.");
    Found.assertFailure(audit("<plist/>"), "The property list has no <dict> at its top.");
  }

  @Test
  void hostileXml_isRefused() {
    assertThat(audit("<a>".repeat(10_000)).text())
        .contains("more than 50000 elements, or 60 levels");
    String entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><manifest>&b;</manifest>";
    assertThat(audit(entities).text()).doesNotContain("aaaa");
    String outside =
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><manifest>&a;</manifest>";
    assertThat(audit(outside).text()).doesNotContain("root:");
  }
}
