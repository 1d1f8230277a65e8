package io.agentos.tools.marketing.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words and phrases that make copy hard, empty or risky. */
final class Phrases {

  /** Long words with shorter ones, after the federal plain language guidelines (US). */
  static final Phrases LONG =
      new Phrases(
          """
          accompany=go with;accomplish=do;accordingly=so;additional=more;adjacent to=next to;
          advantageous=helpful;afford an opportunity=let;aggregate=total;alleviate=ease;
          allocate=give;ameliorate=improve;anticipate=expect;apparent=clear;appreciable=many;
          ascertain=find out;as a means of=to;as prescribed by=under;assist=help;
          at the present time=now;at this point in time=now;attain=reach;attempt=try;
          be advised=(leave out);by means of=with;cease=stop;commence=begin;
          comply with=follow;comprise=include;concerning=about;consequently=so;
          constitutes=is;deem=think;demonstrate=show;designate=name;desire=want;
          determine=decide;disclose=show;discontinue=stop;disseminate=send;due to the fact that=because;
          eliminate=remove;employ=use;encounter=meet;endeavor=try;enumerate=count;
          equitable=fair;establish=set up;evidenced=shown;evident=clear;exhibit=show;
          expedite=hurry;expeditious=fast;expend=spend;expiration=end;facilitate=help;
          failed to=did not;feasible=can be done;finalize=finish;for a period of=for;
          forfeit=lose;forward=send;frequently=often;fundamental=basic;furnish=give;
          has the capability to=can;henceforth=from now on;heretofore=until now;
          identical=same;implement=carry out;in accordance with=by;in addition=also;
          in close proximity=near;in lieu of=instead;in order that=so;in order to=to;
          in regard to=about;in relation to=about;in the amount of=for;in the event of=if;
          in the near future=soon;in view of=since;inception=start;indicate=show;
          initial=first;initiate=start;is able to=can;is applicable to=applies to;
          is authorized to=may;it is essential=must;magnitude=size;methodology=method;
          minimize=reduce;modify=change;monitor=watch;necessitate=need;notify=tell;
          notwithstanding=in spite of;numerous=many;objective=aim;obligate=bind;
          observe=see;obtain=get;on a regular basis=regularly;operate=run;optimum=best;
          option=choice;parameters=limits;participate=take part;permit=let;
          pertaining to=about;portion=part;possess=have;preclude=prevent;previously=before;
          prior to=before;prioritize=rank;proceed=go on;procure=get;proficiency=skill;
          promulgate=issue;provided that=if;purchase=buy;pursuant to=under;
          regarding=about;relative to=about;remain=stay;remainder=rest;remuneration=pay;
          render=make;represents=is;request=ask;require=need;reside=live;residence=home;
          retain=keep;set forth in=in;solicit=ask for;state-of-the-art=newest;
          subsequent=later;subsequently=then;substantial=large;sufficient=enough;
          terminate=end;therein=there;timely=prompt;transmit=send;transpire=happen;
          utilize=use;utilization=use;validate=confirm;viable=workable;warrant=call for;
          whereas=since;with reference to=about;with the exception of=except for
          """);

  /** Praise that anybody could write about anything. */
  static final Phrases EMPTY =
      new Phrases(
          """
          best-in-class;best of breed;bleeding-edge;cutting-edge;cutting edge;disruptive;
          game-changer;game changer;game-changing;groundbreaking;holistic;industry-leading;
          innovative;leverage;leverages;leveraging;mission-critical;next-generation;next generation;
          one-stop shop;one-stop-shop;paradigm shift;revolutionary;revolutionise;revolutionize;
          robust;seamless;seamlessly;solution;solutions;synergy;synergies;turnkey;
          unparalleled;unlock the power;world-class;world class;unleash;elevate your;
          take it to the next level;empower;empowers;supercharge
          """);

  /** Claims that a reader may ask the proof of, and a court too. */
  static final Phrases PROVE =
      new Phrases(
          """
          100%;number one;no. 1;#1;always;best price;cheapest;clinically proven;
          environmentally friendly;eco-friendly;carbon neutral;climate neutral;co2 neutral;
          fastest;guarantee;guaranteed;guarantees;lowest price;market leader;miracle;
          no risk;risk-free;risk free;never fails;proven;safest;scientifically proven;
          the best;the only;the most;unique;sustainable
          """);

  /** Words that can go without anything being lost. */
  static final Phrases FILLERS =
      new Phrases(
          """
          actually;basically;essentially;extremely;in fact;incredibly;just;literally;needless to say;
          of course;quite;really;simply;totally;truly;very
          """);

  private final Map<String, String> plain = new TreeMap<>();
  private final Pattern pattern;

  private Phrases(String table) {
    for (String entry : table.replace("\n", " ").split(";", -1)) {
      int equals = entry.indexOf('=');
      String phrase = (equals < 0 ? entry : entry.substring(0, equals)).strip();
      if (!phrase.isEmpty()) {
        plain.put(phrase, equals < 0 ? "" : entry.substring(equals + 1).strip());
      }
    }
    List<String> longestFirst =
        plain.keySet().stream()
            .sorted((one, other) -> other.length() - one.length())
            .map(Pattern::quote)
            .toList();
    this.pattern =
        Pattern.compile(
            longestFirst.stream()
                .collect(
                    Collectors.joining("|", "(?<![\\p{L}\\p{N}-])(?:", ")(?![\\p{L}\\p{N}-])")),
            Pattern.CASE_INSENSITIVE);
  }

  /** A phrase found in a sentence, with what to write instead where there is something. */
  record Hit(String phrase, String instead, int at) {}

  List<Hit> in(String sentence) {
    List<Hit> hits = new ArrayList<>();
    Matcher matcher = pattern.matcher(sentence);
    while (matcher.find()) {
      String phrase = matcher.group().toLowerCase(Locale.ROOT);
      hits.add(new Hit(phrase, plain.getOrDefault(phrase, ""), matcher.start()));
    }
    return hits;
  }
}
