package io.agentos.tools.marketing;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampaignLinksTest {

  @Test
  void campaign_linksAndFaults_asByHand() {
    ToolResult result = build(Found.example("marketing/campaign.csv"));

    assertThat(links(result))
        .containsExactly(
            "https://fjordline.example/tickets?utm_source=newsletter&utm_medium=email&utm_campaign=evening-boats&utm_content=header",
            "https://fjordline.example/tickets?utm_source=newsletter&utm_medium=email&utm_campaign=evening-boats&utm_content=footer",
            "https://fjordline.example/tickets?boat=3&utm_source=facebook&utm_medium=paid_social&utm_campaign=evening-boats&utm_content=video#times",
            "https://fjordline.example/tickets?utm_source=facebook&utm_medium=cpc&utm_campaign=evening-boats&utm_content=image",
            "https://fjordline.example/tickets?utm_source=partner-harbour&utm_medium=newspaper&utm_campaign=evening-boats",
            "https://fjordline.example/tickets?utm_source=fjordline.example&utm_medium=banner&utm_campaign=evening-boats&utm_content=hero",
            "https://fjordline.example/tickets?utm_source=tiktok&utm_medium=social",
            "http://fjordline.example/tickets?utm_source=google&utm_medium=organic&utm_campaign=evening-boats",
            "https://fjordline.example/tickets?utm_source=google&utm_medium=organic&utm_campaign=evening-boats",
            "https://fjordline.example/tickets?utm_source=google&utm_medium=organic&utm_campaign=evening-boats");
    assertThat(result.fields())
        .containsEntry("built", 10)
        .containsEntry("asked", 12)
        .containsEntry(
            "channels",
            Map.of(
                "Email",
                2,
                "Paid Social",
                2,
                "Unassigned",
                1,
                "Display",
                1,
                "Organic Social",
                1,
                "Organic Search",
                3));
    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high channel-unassigned:6 ",
            "high address-wrong:7 ",
            "high personal-data:8 ",
            "high own-site:9 ",
            "medium parameter-missing:10 ",
            "medium parameter-replaced:10 ",
            "low insecure:11 ",
            "medium link-twice:13 ",
            "medium spelling:2 ",
            "medium spelling:2 ",
            "medium spelling:2 ",
            "medium spelling:4 ",
            "medium spelling:7 ");
  }

  @Test
  void campaign_words() {
    ToolResult result = build(Found.example("marketing/campaign.csv"));

    assertThat(Found.first(result, "address-wrong"))
        .satisfies(found -> {
          assertThat(found.message()).isEqualTo("`fjordline.example/tickets` is no whole address.");
          assertThat(found.fix()).isEqualTo("Write `https://fjordline.example/tickets`.");
        });
    assertThat(Found.first(result, "link-twice").message()).isEqualTo("It is the link of line 12.");
    assertThat(Found.in(result).stream().map(Found::message))
        .contains("`utm_source` is written `Facebook` and `fb`.");
    assertThat(String.valueOf(result.fields().get("csv")))
        .startsWith(
            "link,channel,source,medium,campaign,id,term,content\nhttps://fjordline.example/");
  }

  @Test
  void withoutSource_noLinkIsBuilt() {
    ToolResult result = Marketing.call("marketing.build_links", "url", "https://a.example/");

    assertThat(links(result)).isEmpty();
    assertThat(result.text()).contains("0 links built of 1 asked for; channels: none.");
    assertThat(Found.in(result).stream().map(Found::message))
        .containsExactly(
            "`utm_source` is empty, and no link was built.",
            "`utm_medium` is empty.",
            "`utm_campaign` is empty.");
  }

  /** Rows of the table in Google's help page on the default channel group. */
  @ParameterizedTest
  @CsvSource({
    "google,cpc,x,Paid Search",
    "bing,ppc,x,Paid Search",
    "google,organic,x,Organic Search",
    "facebook,paid_social,x,Paid Social",
    "facebook,social,x,Organic Social",
    "instagram,story,x,Organic Social",
    "youtube,cpv,x,Paid Video",
    "youtube,cpc,x,Paid Video",
    "blog,video,x,Organic Video",
    "site,banner,x,Display",
    "site,cpm,x,Display",
    "site,display,x,Display",
    "site,cpc,x,Paid Other",
    "amazon,cpc,x,Paid Shopping",
    "site,cpc,summer-shop,Paid Shopping",
    "site,cpc,workshop,Paid Other",
    "site,link,x,Referral",
    "letter,email,x,Email",
    "partner,affiliate,x,Affiliates",
    "radio,audio,x,Audio",
    "crm,sms,x,SMS",
    "app,push,x,Mobile Push Notifications",
    "firebase,x,x,Mobile Push Notifications",
    "google,cpc,cross-network-1,Cross-network",
    "partner,newspaper,x,Unassigned"
  })
  void channel_asAnalyticsSorts(String source, String medium, String campaign, String channel) {
    ToolResult result =
        Marketing.call(
            "marketing.build_links",
            "url",
            "https://a.example/",
            "source",
            source,
            "medium",
            medium,
            "campaign",
            campaign);

    assertThat(result.fields()).containsEntry("channels", Map.of(channel, 1));
  }

  @Test
  void values_areEncoded() {
    ToolResult result =
        Marketing.call(
            "marketing.build_links",
            "url",
            "https://a.example?x=1&y=%20",
            "source",
            "Blåbær & co",
            "medium",
            "email",
            "campaign",
            "50%+");

    assertThat(links(result))
        .containsExactly(
            "https://a.example/?x=1&y=%20&utm_source=bl%C3%A5b%C3%A6r-%26-co&utm_medium=email&utm_campaign=50%25%2B");
  }

  @Test
  void table_withSemicolonsBomQuotesAndReturns() {
    ToolResult result =
        build(
            "\uFEFFCampaign;URL;Source;Medium\r\n\"a;\"\"b\"\"\";https://a.example/;x;email\r\n;;;\r\n");

    assertThat(links(result))
        .containsExactly(
            "https://a.example/?utm_source=x&utm_medium=email&utm_campaign=a%3B%22b%22");
  }

  @Test
  void build_twice_sameBytes() {
    String plan = Found.example("marketing/campaign.csv");

    assertThat(build(plan)).isEqualTo(build(plan));
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(
        build("source,medium\na,b\n"),
        "links has no column for the address. Wanted one of: url, link, landing page, address,"
            + " target. Found: `source`, `medium`.");
    assertFailed(
        build("url,source\nhttps://a.example,b\n"),
        "links has no column for utm_medium. Wanted one of: utm_medium, medium. Found: `url`,"
            + " `source`.");
    assertFailed(build("url,source,medium\n"), "links has a row of titles and no link to build.");
    assertFailed(
        build("url,source,medium\na,b,c,d\n"),
        "links has 4 cells in line 2, and 3 titles. A cell with a separator in it needs quotes.");
    assertFailed(
        build("url,source,URL\na,b,c\n"),
        "links has the column `URL` twice, in line 1. Rename one of them.");
    assertFailed(
        build("url,source,medium\n\"a\"b,c,d\n"),
        "links cannot be read as a table: behind line 1, text follows a quote that is closed.");
    assertFailed(
        Marketing.call("marketing.build_links", "source", "a"),
        "Give exactly one of links and url.");
    assertFailed(
        build("url,source,medium\n" + "https://a.example,b,c\n".repeat(6_000)),
        "links asks for more than 5,000 links. Give a part of it.");
  }

  private static ToolResult build(String plan) {
    return Marketing.call("marketing.build_links", "links", plan);
  }

  private static List<String> links(ToolResult result) {
    assertThat(result.failed()).as(result.text()).isFalse();
    return ((List<?>) result.fields().getOrDefault("links", List.of()))
        .stream().map(link -> String.valueOf(((Map<?, ?>) link).get("link"))).toList();
  }
}
