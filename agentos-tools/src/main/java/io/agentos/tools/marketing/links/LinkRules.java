package io.agentos.tools.marketing.links;

import io.agentos.tools.report.Rule;

/** What can be wrong with a link of a campaign. */
final class LinkRules {
  static final Rule ADDRESS =
      new Rule(
          "address-wrong", "An address cannot be used", "No link was built for it.", "RFC 3986");
  static final Rule MISSING =
      new Rule(
          "parameter-missing",
          "A parameter is missing",
          "Without source, medium and campaign the visit is counted as (not set).",
          "Google Analytics: URL builders");
  static final Rule UNASSIGNED =
      new Rule(
          "channel-unassigned",
          "The visit will be in no channel",
          "Analytics sorts visits into channels by source and medium. A medium it does not know ends in"
              + " \"Unassigned\", and no report of channels shows it.",
          "Google Analytics: default channel group");
  static final Rule PERSONAL =
      new Rule(
          "personal-data",
          "A link carries personal data",
          "Addresses are kept in logs and analytics, which must not hold who somebody is. No link was built.",
          "Google Analytics: best practices to avoid sending PII");
  static final Rule OWN_SITE =
      new Rule(
          "own-site",
          "A link from your own site is tagged",
          "It begins a new visit and takes the sale away from the campaign that really brought the person.",
          "Google Analytics: campaigns and traffic sources");
  static final Rule REPLACED =
      new Rule(
          "parameter-replaced",
          "The address already had such a parameter",
          "Of two, Analytics takes either; the one asked for was kept.",
          "");
  static final Rule DUPLICATE =
      new Rule(
          "link-twice", "Two rows make the same link", "Their visits cannot be told apart.", "");
  static final Rule SPELLING =
      new Rule(
          "spelling",
          "One thing is written in two ways",
          "Analytics counts them as two. Here both are written the same; mend the plan, and links sent before.",
          "");
  static final Rule INSECURE =
      new Rule(
          "insecure",
          "The address is not encrypted",
          "A redirect to https can lose the parameters.",
          "");
  static final Rule LONG =
      new Rule(
          "too-long",
          "The link is very long",
          "Some mail programs and networks cut links above 2,000 characters.",
          "");

  private LinkRules() {}
}
