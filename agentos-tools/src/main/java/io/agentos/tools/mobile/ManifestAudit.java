package io.agentos.tools.mobile;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The tool {@code mobile.audit_manifest}. */
final class ManifestAudit implements TextTool.Work {
  private static final GivenText.Kind MANIFEST =
      new GivenText.Kind("the manifest", List.of(".xml", ".plist"), 1024 * 1024);

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "mobile.audit_manifest",
        "Audits an AndroidManifest.xml or an Info.plist: components open to other apps, unencrypted"
            + " traffic, sensitive permissions and their reasons, backups, links that others can take,"
            + " debugging, secrets, and what the stores refuse. By OWASP MASVS 2.1.",
        InputSchema.empty()
            .text(
                "manifest",
                "The XML text, or a file that ends in .xml or .plist",
                MANIFEST.bytesMax())
            .required("manifest"),
        Duration.ofMinutes(1));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    String value = arguments.text("manifest");
    if (value.startsWith("bplist")) {
      throw binary();
    }
    GivenText given = texts.read(value, MANIFEST);
    if (given.text().startsWith("bplist")) {
      throw binary();
    }
    Element root = XmlTree.read(given.text());
    Report report =
        new Report("Manifest audit" + (given.name().isEmpty() ? "" : ": " + given.name()));
    switch (root.name()) {
      case "manifest" -> android(report, root, given.name());
      case "plist" -> apple(report, Plist.of(root), given.name());
      default ->
          throw new AgentOsException(
              ErrorCode.INVALID_INPUT,
              "Found an XML document of <%s>. Wanted an AndroidManifest.xml, which begins with <manifest>, or an Info.plist, which begins with <plist>."
                  .formatted(Printable.line(root.name(), 60)));
    }
    return report.result();
  }

  private static AgentOsException binary() {
    return new AgentOsException(
        ErrorCode.INVALID_INPUT,
        "The property list is binary. Turn it into XML first: plutil -convert xml1 Info.plist.");
  }

  private static void android(Report report, Element manifest, String file) {
    long permissions =
        manifest.children().stream()
            .filter(one -> one.name().startsWith("uses-permission"))
            .count();
    long components =
        manifest
            .children("application")
            .flatMap(one -> one.children().stream())
            .filter(one -> AndroidComponents.KINDS.contains(one.name()))
            .count();
    report.summary(
        "Android, package %s: %s, %s."
            .formatted(
                Words.code(manifest.attribute("package").orElse("(set by the build)")),
                Words.count(components, "component"),
                Words.count(permissions, "permission")));
    report.findings(AndroidRules.findings(manifest, file));
    report.field("platform", "android");
    report.field("permissions", permissions);
    report.field("components", components);
    report.note(
        "The merged manifest counts: libraries add permissions and components. Audit build/intermediates/merged_manifests.");
  }

  private static void apple(Report report, Plist plist, String file) {
    long purposes =
        plist.values().keySet().stream().filter(key -> key.endsWith("UsageDescription")).count();
    report.summary(
        "iOS, bundle %s: %s, %s."
            .formatted(
                Words.code(plist.text("CFBundleIdentifier").orElse("(set by the build)")),
                Words.count(plist.values().size(), "key"),
                Words.count(purposes, "purpose text")));
    report.findings(AppleRules.findings(plist, file));
    report.field("platform", "ios");
    report.field("purpose_texts", purposes);
    report.note(
        "Entitlements and the privacy manifest (PrivacyInfo.xcprivacy) are files of their own.");
  }
}
