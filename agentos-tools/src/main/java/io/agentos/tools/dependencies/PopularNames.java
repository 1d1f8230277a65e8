package io.agentos.tools.dependencies;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names that are installed very often, and those that look like them and are fine. A name that is
 * almost one of these and none of them may have been chosen to be taken for it.
 */
final class PopularNames {
  private static final int LENGTH_MIN = 5;

  private static final String NPM =
      """
      react react-dom react-router react-router-dom react-redux redux preact next nuxt vue vuex
      angular svelte express fastify koa hapi lodash underscore ramda axios node-fetch request got
      superagent chalk colors commander yargs minimist inquirer debug moment dayjs date-fns luxon
      uuid nanoid dotenv cross-env rimraf mkdirp glob globby minimatch semver webpack webpack-cli
      webpack-dev-server babel-core babel-loader typescript ts-node eslint prettier jest mocha chai
      sinon jasmine karma cypress playwright puppeteer vite rollup esbuild parcel gulp grunt
      browserify mongoose mongodb mysql mysql2 postgres sequelize typeorm prisma knex redis ioredis
      socket.io socket.io-client ws body-parser cookie-parser cors helmet morgan multer passport
      passport-local jsonwebtoken bcrypt bcryptjs validator joi nodemailer winston pino bunyan
      bluebird async rxjs immutable immer classnames styled-components tailwindcss bootstrap jquery
      three chart.js electron ejs handlebars mustache nunjucks marked showdown cheerio jsdom sharp
      stripe twilio firebase graphql apollo-server apollo-client discord.js nodemon concurrently
      husky lint-staged zustand formik recharts storybook ethers web3 openai langchain
      request-promise react-scripts event-stream ua-parser-js node-sass serialize-javascript
      fs-extra execa through2 readable-stream iconv-lite form-data source-map-support core-js
      """;

  private static final String PYPI =
      """
      requests urllib3 certifi numpy pandas scipy matplotlib scikit-learn tensorflow keras torch
      torchvision pytorch-lightning transformers django flask fastapi starlette uvicorn gunicorn
      sqlalchemy alembic psycopg2 psycopg2-binary pymysql pymongo redis celery boto3 botocore
      pyyaml jinja2 markupsafe click typer rich pytest tox mypy black flake8 pylint isort coverage
      setuptools wheel pip-tools virtualenv poetry cryptography pycryptodome paramiko fabric
      beautifulsoup4 lxml scrapy selenium pillow opencv-python openpyxl xlrd python-dateutil pytz
      tqdm pydantic marshmallow attrs httpx aiohttp websockets twisted tornado jsonschema
      python-dotenv colorama termcolor openai anthropic langchain nltk spacy gensim networkx sympy
      statsmodels seaborn plotly bokeh streamlit jupyter notebook ipython protobuf grpcio docker
      kubernetes ansible simplejson ujson orjson regex python-jose pyjwt passlib bcrypt discord.py
      """;

  private static final String CARGO =
      """
      serde serde_json serde_yaml tokio futures async-std reqwest hyper actix-web axum rocket clap
      structopt anyhow thiserror regex chrono log env_logger tracing tracing-subscriber rayon
      crossbeam itertools rand uuid url bytes base64 sha2 openssl rustls diesel sqlx rusqlite
      lazy_static once_cell parking_lot num_cpus tempfile walkdir semver syn quote proc-macro2
      rustdecimal rust_decimal
      """;

  private static final String RUBYGEMS =
      """
      rails rack sinatra puma unicorn devise sidekiq rspec rspec-rails nokogiri activerecord
      activesupport actionpack bundler capistrano carrierwave pundit cancancan faraday httparty
      rest-client mysql2 sqlite3 redis jwt bcrypt pry byebug rubocop simplecov factory_bot faker
      """;

  private static final String COMPOSER =
      """
      laravel/framework symfony/symfony symfony/console symfony/http-foundation guzzlehttp/guzzle
      monolog/monolog phpunit/phpunit doctrine/orm doctrine/dbal twig/twig nesbot/carbon
      league/flysystem vlucas/phpdotenv ramsey/uuid fakerphp/faker predis/predis
      """;

  private static final Map<Ecosystem, Set<String>> NAMES = new EnumMap<>(Ecosystem.class);

  static {
    NAMES.put(Ecosystem.NPM, words(NPM));
    NAMES.put(Ecosystem.PYPI, words(PYPI));
    NAMES.put(Ecosystem.CARGO, words(CARGO));
    NAMES.put(Ecosystem.RUBYGEMS, words(RUBYGEMS));
    NAMES.put(Ecosystem.COMPOSER, words(COMPOSER));
  }

  private PopularNames() {}

  private static Set<String> words(String names) {
    return new LinkedHashSet<>(Arrays.asList(names.strip().split("\\s+", -1)));
  }

  /** The popular name that another looks like without being one; empty for most. */
  static Optional<String> lookedLike(Ecosystem ecosystem, String name) {
    Set<String> popular = NAMES.getOrDefault(ecosystem, Set.of());
    String plain = name.toLowerCase(Locale.ROOT);
    boolean known = popular.contains(plain) || popular.contains(plain.replace('_', '-'));
    if (known || plain.startsWith("@") || plain.length() < LENGTH_MIN) {
      return Optional.empty();
    }
    return popular.stream()
        .filter(one -> one.length() >= LENGTH_MIN)
        .filter(one -> isNear(plain, one))
        .findFirst();
  }

  /** One letter more, less, other or swapped; or the same but for signs between words. */
  private static boolean isNear(String name, String popular) {
    boolean sameLetters = letters(name).equals(letters(popular));
    return sameLetters
        || (Math.abs(name.length() - popular.length()) <= 1 && oneEdit(name, popular));
  }

  private static String letters(String name) {
    return name.replaceAll("[-_.]", "");
  }

  private static boolean oneEdit(String one, String other) {
    int start = 0;
    int least = Math.min(one.length(), other.length());
    while (start < least && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    int left = one.length() - start - end;
    int right = other.length() - start - end;
    boolean swapped =
        left == 2
            && right == 2
            && one.charAt(start) == other.charAt(start + 1)
            && one.charAt(start + 1) == other.charAt(start);
    return swapped || (left <= 1 && right <= 1);
  }
}
