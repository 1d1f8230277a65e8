package io.agentos.tools.code;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FunctionsTest {

  @Test
  void java_methodsConstructorsAndNothingElse() {
    assertFunctions(
        "A.java",
        """
        @Tag({"a", "{"}) class A<T extends B> extends C {
          private static final char QUOTE = '"', OPEN = '{';
          static { init(); }
          A(int x) {
            if (x > 0) { go(); } else if (x < 0) { stop(); }
          }
          @Override(value = "x{") public <S> Map<String, List<S>> method(
              @Nullable String one, int... more) throws IOException, Other {
            for (int i = 0; i < 3; i++) { run(() -> { again(); }); }
            String text = \"""
                { not code "
                \""";
            switch (x) { case 1 -> { } default -> { } }
            try (Reader r = open(x)) { /* { */ } catch (Exception e) { // {
            }
            new Thread(task) { public void run() { } };
            synchronized (this) { while (true) { } }
          }
          record Point(int x, int y) { Point { check(x); } }
          enum Kind { ONE { }, TWO { } }
          default int shorty() { return 1; }
        }
        """,
        "A:4+3",
        "run:16+1",
        "method:7+12",
        "shorty:21+1");
  }

  @Test
  void typescript_functionsMethodsAndNamedArrows() {
    assertFunctions(
        "a.ts",
        """
        export async function load<T>(url: string): Promise<T> {
          const regex = /["'`{/]\\//g, half = a / b
          return items.map((x) => { return `${x} {` }).filter(y => { return y })
        }
        const handler: Handler = async (event: Event): Promise<void> => {
          if (event) { go() }
        }
        const one = x => {
        }
        class Store {
          constructor(private readonly db: Db) {
          }
          get size() { return 1 }
          static async find(id = '{'): Promise<{ id: string }> {
            describe('it', function () { })
            try { } catch (e) { }
          }
          private run = () => {
          }
        }
        module.exports = { save: function (a) { }, other(b) { } }
        """,
        "load:1+4",
        "handler:5+3",
        "one:8+2",
        "constructor:11+2",
        "size:13+1",
        "find:14+4",
        "run:18+2",
        "save:21+1",
        "other:21+1");
  }

  @Test
  void go_functionsAndMethods() {
    assertFunctions(
        "a.go",
        """
        type Store interface { Get(key string) (string, error) }
        func main() {
          x := map[string]struct{}{}
          go func() { println("{") }()
          s := `raw { "`
          if err := f(func(a int) { }); err != nil { return }
        }
        func (s *Server[T]) Serve(ctx context.Context, v interface{}) (n int, err error) {
        }
        func Map[T, U any](items []T, f func(T) U) []U {
        }
        """,
        "main:2+6",
        "Serve:8+2",
        "Map:10+2");
  }

  @Test
  void rust_functionsWithLifetimesAndRawStrings() {
    assertFunctions(
        "a.rs",
        """
        impl<'a> Parser<'a> {
          pub(crate) fn next<'b, F>(&'b mut self, f: F) -> Result<&'a str, Error> where F: Fn() -> bool {
            let c = '{'; let d = '\\''; let r = r#"{ " "#;
            /* outer /* inner { */ still { */
            match c { 'x' => { } _ => { } }
          }
          unsafe extern "C" fn raw() { }
        }
        trait T { fn declared(&self); }
        """,
        "next:2+5",
        "raw:7+1");
  }

  @Test
  void cAndCpp_functionsNotMacrosLoopsOrInitializers() {
    assertFunctions(
        "a.cpp",
        """
        #include <map>
        #define BRACE {
        namespace a { namespace b {
        static const int table[] = { 1, 2 };
        Foo::Foo(int a) : base(a), member{a}, other(b) {
        }
        Foo::~Foo() {
        }
        template <typename T> auto get(T t) const noexcept -> decltype(t) {
          list_for_each(x, y) { }
          auto lambda = [&](int x) { return x; };
        }
        struct S { int (*callback)(int); };
        const char *text = R"x(" { )x";
        int main(int argc, char **argv)
        {
          if (argc) { } else { }
        }
        }}
        """,
        "Foo::Foo:5+2",
        "Foo::~Foo:7+2",
        "get:9+4",
        "main:15+4");
  }

  @Test
  void csharp_methodsNotProperties() {
    assertFunctions(
        "a.cs",
        """
        namespace N { class C : Base {
          public int Size { get; set; }
          string path = @"c:\\{";
          public C(int x) : base(x) {
          }
          [Fact] public async Task<T> Run<T>(T x) where T : class, new() {
            using (var y = Open()) { lock (y) { foreach (var z in y) { } } }
            list.ForEach(delegate(int i) { });
            list.Select(i => { return i; });
          }
        }}
        """,
        "C:4+2",
        "Run:6+5");
  }

  @Test
  void kotlinScalaSwiftAndPhp_keywordFunctions() {
    assertFunctions(
        "a.kt",
        """
        class A(val f: () -> Unit) {
          suspend fun <T> List<T>.second(n: Int = 1): Map<String, T> {
            val text = \"""{ "\"""
            items.forEach { it.run { } }
          }
          fun short() = 1
          fun interface X { }
        }
        """,
        "second:2+4");
    assertFunctions("a.scala", "object A {\n  def go(x: Int): Unit = {\n  }\n}\n", "go:2+2");
    assertFunctions("a.swift", "func run(_ x: Int) throws -> [Int] {\n}\n", "run:1+2");
    assertFunctions(
        "a.php",
        "<?php\n# {\npublic function go(array $a): ?int {\n  $f = function ($x) use ($y) { };\n}\n",
        "go:3+3");
  }

  @Test
  void python_defsByIndentation() {
    assertFunctions(
        "a.py",
        """
        class A:
            def one(
                self,
                text="def no(): {",
            ):
                \"""A docstring
        def not_code():
                \"""
                x = [
            1,
        ]
                return x  # end

            async def two(self):
                def inner():
                    pass
                return inner

        if True:
            pass
        """,
        "one:2+11",
        "two:14+4",
        "inner:15+2");
  }

  @Test
  void rubyAndLua_upToEnd() {
    assertFunctions(
        "a.rb",
        """
        class A
          def self.go(x)
            if x
              1
            end
          rescue StandardError
            2
          end
          private def tiny = 1
          def last?
          end
        end
        """,
        "self.go:2+7",
        "last?:10+2");
    assertFunctions("a.lua", "local function go(x)\n  -- end\n  return 1\nend\n", "go:1+4");
  }

  @Test
  @Timeout(value = 30, unit = SECONDS)
  void anyLanguage_absurdText_endsSoon() {
    List<String> absurd =
        List.of(
            "{".repeat(300_000),
            "}".repeat(300_000),
            "(".repeat(300_000) + "{",
            "a(".repeat(100_000) + ") {".repeat(1_000),
            "\"".repeat(300_001),
            "'".repeat(300_001) + "/*".repeat(1_000),
            "x".repeat(300_000) + " => {",
            "a = ".repeat(100_000) + "{",
            ":".repeat(300_000) + "{",
            "func ".repeat(60_000) + "(".repeat(10) + "{",
            "def f\n".repeat(20_000),
            "#".repeat(300_000) + "\n{",
            "/".repeat(300_001),
            "`${".repeat(100_000),
            "r#".repeat(100_000));
    for (String name : List.of("a.java", "a.ts", "a.go", "a.rs", "a.cpp", "a.py", "a.rb", "a.cs")) {
      Language language = Language.of(name).orElseThrow();
      for (String text : absurd) {
        String code = Masker.mask(text, language.syntax()).code();
        assertThat(code).hasSameSizeAs(text);
        assertThat(Functions.in(code, language)).hasSizeLessThanOrEqualTo(20_000);
      }
    }
  }

  private static void assertFunctions(String name, String text, String... expected) {
    Language language = Language.of(name).orElseThrow();
    List<String> found =
        Functions.in(Masker.mask(text, language.syntax()).code(), language).stream()
            .map(one -> "%s:%d+%d".formatted(one.name(), one.line(), one.lines()))
            .toList();
    assertThat(found).containsExactlyInAnyOrder(expected);
  }
}
