package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about the files of a pack: missing, misnamed, too many, leading out of it. */
final class PackFilesTest {
  private static final String AGENT = "shop/agents/stock.yaml";

  @TempDir Path root;

  @Test
  void agent_fileIsMissing() {
    PackFolder folder = PackFolder.shop(root).replace("shop/pack.yaml", "[stock]", "[stock, till]");

    assertThat(told(folder))
        .isEqualTo(
            "%1$s/shop/pack.yaml:4:24: spec.agents[1]: found 'till'; %1$s/shop/agents/till.yaml does not exist"
                .formatted(root));
  }

  @Test
  void agent_notNamedByItsPack() {
    PackFolder folder =
        PackFolder.shop(root)
            .write("shop/agents/till.yaml", "x")
            .write("shop/agents/till.yml", "x");

    assertThat(told(folder))
        .isEqualTo(
            """
            %1$s/shop/agents/till.yaml: not an agent named in spec.agents of pack.yaml
            %1$s/shop/agents/till.yml: not an agent named in spec.agents of pack.yaml\
            """
                .formatted(root));
  }

  @Test
  void pack_withoutItsFile() {
    PackFolder folder = new PackFolder(root).write("shop/README.md", "x");

    assertThat(told(folder)).isEqualTo(root + "/shop/pack.yaml: does not exist");
  }

  @Test
  void pack_inAFolderOfAnotherName() {
    PackFolder folder =
        PackFolder.shop(root).replace("shop/pack.yaml", "name: shop", "name: store");

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/shop/pack.yaml:3:12: metadata.name: found 'store'; allowed: 'shop', as the folder is named");
  }

  @Test
  void pack_versionThatYamlReadsAsNumber() {
    PackFolder folder = PackFolder.shop(root).replace("shop/pack.yaml", "1.2.0", "1.2");

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/shop/pack.yaml:3:24: metadata.version: found 1.2; allowed: a semantic version such"
                + " as 1.0.0, in quotes where YAML would read a number");
  }

  @ParameterizedTest
  @CsvSource({"prompts/none.md", "prompts/../../secret.md", "prompts/stock.md/../../x.md"})
  void prompt_notAFileOfThePack(String name) {
    PackFolder folder =
        PackFolder.shop(root)
            .write("secret.md", "secret")
            .write(AGENT, PackFolder.LLM.replace("prompts/stock.md", name));

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/"
                + AGENT
                + ":8:3: spec.system: found '"
                + name
                + "'; allowed: a file of the pack, such as prompts/NAME.md");
  }

  @Test
  void prompt_outsideItsFolder() {
    PackFolder folder =
        PackFolder.shop(root)
            .write(AGENT, PackFolder.LLM.replace("prompts/stock.md", "/etc/passwd"));

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/"
                + AGENT
                + ":8:3: spec.system: found '/etc/passwd'; allowed: the file of the system prompt,"
                + " such as prompts/reviewer.md");
  }

  @Test
  void prompt_blankOrTooLong() {
    PackFolder folder = PackFolder.shop(root).write(AGENT, PackFolder.LLM);
    String place = root + "/" + AGENT + ":8:3: spec.system: ";

    folder.write("shop/prompts/stock.md", " \n");
    assertThat(told(folder))
        .isEqualTo(place + "found a file of 0 characters; allowed: 1 to 100000");
    folder.write("shop/prompts/stock.md", "x".repeat(100_001));
    assertThat(told(folder))
        .isEqualTo(place + "found a file of 100001 characters; allowed: 1 to 100000");
  }

  @Test
  void link_outOfThePack() throws IOException {
    PackFolder folder =
        PackFolder.shop(root).write("secret.md", "secret").write(AGENT, PackFolder.LLM);
    Files.createDirectories(folder.pack().resolve("prompts"));
    Files.createSymbolicLink(folder.pack().resolve("prompts/stock.md"), root.resolve("secret.md"));

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/shop/prompts/stock.md: found a link that leads out of the pack; allowed: files of the pack");
  }

  @Test
  void link_toNothingOrToAFolder() throws IOException {
    PackFolder folder = PackFolder.shop(root);
    Files.createSymbolicLink(folder.pack().resolve("a"), folder.pack().resolve("none"));
    Files.createSymbolicLink(folder.pack().resolve("b"), folder.pack().resolve("agents"));

    assertThat(told(folder))
        .isEqualTo(
            """
            %1$s/shop/a: found a link that leads out of the pack; allowed: files of the pack
            %1$s/shop/b: found something that is not a file; allowed: files and folders\
            """
                .formatted(root));
  }

  @Test
  void link_withinThePack_isRead() throws IOException {
    PackFolder folder = PackFolder.shop(root);
    Files.createDirectories(folder.pack().resolve("..data"));
    Files.move(folder.pack().resolve("pack.yaml"), folder.pack().resolve("..data/pack.yaml"));
    Files.createSymbolicLink(folder.pack().resolve("pack.yaml"), Path.of("..data/pack.yaml"));

    assertThat(PackLoader.loadPack(folder.pack()).name()).isEqualTo("shop");
  }

  @Test
  void pack_withFoldersTooDeep() {
    PackFolder folder = PackFolder.shop(root).write("shop/1/2/3/4/5/6/7/file", "x");
    assertThat(PackLoader.loadPack(folder.pack()).name()).isEqualTo("shop");

    folder.write("shop/1/2/3/4/5/6/7/8/file", "x");
    assertThat(told(folder))
        .isEqualTo(root + "/shop/1/2/3/4/5/6/7/8: found folders 8 deep; allowed: less");
  }

  @Test
  void pack_withTooManyFiles() {
    PackFolder folder = PackFolder.shop(root);
    for (int i = 0; i < PackFiles.FILES_MAX; i++) {
      folder.write("shop/many/" + i, "");
    }

    assertThat(told(folder))
        .isEqualTo(root + "/shop: found more than 2000 files or 33554432 bytes; allowed: less");
  }

  private static String told(PackFolder folder) {
    return Told.by(() -> PackLoader.load(folder.path())).detail();
  }
}
