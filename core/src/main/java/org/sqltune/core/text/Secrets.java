package org.sqltune.core.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords, tokens and keys out of whatever is printed, logged or written: of URLs, of settings, of messages of
 * libraries. The one place that knows what a secret looks like.
 *
 * <p>Masked are the user part of any URL, the values of parameters, settings and JSON members with the name of a secret,
 * authorisation headers, tokens of well-known forms, and the values of this process's environment variables and system
 * properties with such names (six characters at least, as words of their own). Answers, rows and SQL are results, which
 * nobody masks.
 */
public final class Secrets {
    private static final String MASK = "***";
    private static final int SHORTEST_KNOWN = 6;

    /** Names, without punctuation and in lower case, end with one of these. */
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(?:password|passwd|passphrase|secret|apikey|accesskey|accesskeyid|secretkey|privatekey"
                    + "|token|credential|authorization)");

    private static final Pattern HARMLESS_TOKEN = Pattern.compile(
            ".*(?:bos|eos|pad|unk|mask|sep|cls|stop|start|end|image|special|next|first|last|max|min|num|per|an?)token");
    /** In the query of a URL also these, as for addresses that were signed. */
    private static final Pattern SECRET_PARAMETER = Pattern.compile("key|code|auth|pwd|pass|sig|.*signature");

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Up to the last at sign before the path; passwords that hold a slash, too, but no port before a path. */
    private static final Pattern USER = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]{0,40}:)//"
            + "(?:[^\\s/?#\"'<>]{1,500}@|[^\\s/?#:@\"'<>]{0,200}:(?!\\d+[/?#])[^\\s@\"'<>]{1,500}@)");

    private static final Pattern ORACLE_USER =
            Pattern.compile("(?i)\\b(jdbc:oracle:\\w{1,20}:)[^\\s@:/]{1,100}/[^\\s@]{1,200}@");
    private static final Pattern PARAMETER = Pattern.compile("([?&;])([\\w.%-]{1,100})=([^\\s&;\"'<>#]+)");
    private static final Pattern SETTING = Pattern.compile(
            "(?<![\\w?&;.-])([\\w.-]{1,100}?)(\\s{0,3}=\\s{0,3})(\"[^\"]*\"|'[^']*'|[^\\s&;,\"')\\]}]+)");
    private static final Pattern MEMBER =
            Pattern.compile("([\"'])([\\w.-]{1,100})\\1(\\s*:\\s*)(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^']*')");
    private static final Pattern HEADER = Pattern.compile(
            "(?i)(\\bauthorization\\s{0,3}[:=]\\s{0,3}(?:bearer|basic|token)\\s{1,3}|\\bbearer\\s{1,3}(?=\\S{0,100}\\d))\\S{6,}");
    private static final Pattern TOKEN = Pattern.compile("\\b(?:hf_[A-Za-z0-9]{16,}|gh[pousr]_\\w{20,}"
            + "|github_pat_\\w{20,}|glpat-[\\w-]{16,}|sk-[\\w-]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\\w-]{10,}"
            + "|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*)");

    /** Of a text that is one URL, everything up to the next ampersand, blanks included. */
    private static final Pattern URL_PARAMETER = Pattern.compile("(?<=[?&;])([\\w.%-]+)=[^&;]*[&;]?");

    private Secrets() {}

    /** The text with {@code ***} for each secret. */
    public static String masked(String text) {
        return masked(text, known(System.getenv(), System.getProperties()));
    }

    /**
     * A JDBC URL, also behind {@code NAME=}, without its user part and its secret parameters, so that it works where the
     * password comes from elsewhere, such as {@code ~/.pgpass}. A text of another kind is {@link #masked}.
     */
    public static String withoutSecrets(String url) {
        if (!url.matches("(?is)(?:[\\w.-]+=)?jdbc:.*")) {
            return masked(url);
        }
        String userless = ORACLE_USER.matcher(url).replaceFirst("$1@").replaceFirst("//[^/?]*@", "//");
        Matcher parameters = URL_PARAMETER.matcher(userless);
        String rest =
                parameters.replaceAll(each -> isSecret(each.group(1)) ? "" : Matcher.quoteReplacement(each.group()));
        return masked(rest.replaceFirst("[?&;]$", ""));
    }

    static String masked(String text, Collection<String> known) {
        String masked = text;
        if (text.indexOf('@') >= 0) {
            masked = USER.matcher(masked).replaceAll("$1//" + MASK + "@");
            masked = ORACLE_USER.matcher(masked).replaceAll("$1" + MASK + "@");
        }
        if (text.indexOf('=') >= 0) {
            masked = PARAMETER.matcher(masked).replaceAll(Secrets::parameter);
            masked = SETTING.matcher(masked).replaceAll(Secrets::setting);
        }
        if (text.indexOf(':') >= 0) {
            masked = MEMBER.matcher(masked).replaceAll(Secrets::member);
        }
        masked = HEADER.matcher(masked).replaceAll("$1" + MASK);
        masked = TOKEN.matcher(masked).replaceAll(MASK);
        for (String secret : known) {
            if (masked.contains(secret)) {
                masked = Pattern.compile("(?<![\\p{Alnum}_])" + Pattern.quote(secret) + "(?![\\p{Alnum}_])")
                        .matcher(masked)
                        .replaceAll(MASK);
            }
        }
        return masked;
    }

    private static String parameter(MatchResult found) {
        boolean secret = isSecret(found.group(2))
                || SECRET_PARAMETER.matcher(plain(found.group(2))).matches();
        return Matcher.quoteReplacement(
                secret && isValue(found.group(3)) ? found.group(1) + found.group(2) + "=" + MASK : found.group());
    }

    private static String setting(MatchResult found) {
        boolean secret = isSecret(found.group(1)) && isValue(found.group(3));
        return Matcher.quoteReplacement(secret ? found.group(1) + found.group(2) + MASK : found.group());
    }

    private static String member(MatchResult found) {
        String quote = found.group(1);
        String name = quote + found.group(2) + quote + found.group(3);
        return Matcher.quoteReplacement(
                isSecret(found.group(2)) && isValue(found.group(4)) ? name + quote + MASK + quote : found.group());
    }

    /** An ellipsis stands for a secret in our own advice; the words say whether there is one. */
    private static boolean isValue(String text) {
        String value = text.replaceAll("^[\"']|[\"']$", "");
        return !value.isEmpty() && !value.matches("(?i)…|\\*+|null|none|given|true|false");
    }

    /** Whether a setting of that name is a secret: {@code PGPASSWORD}, {@code api_key}, {@code x-amz-security-token}. */
    static boolean isSecret(String name) {
        String plain = plain(name);
        return SECRET_NAME.matcher(plain).matches()
                && !HARMLESS_TOKEN.matcher(plain).matches();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The values of an environment's secrets, long ones first. {@code .env} comes as system properties. */
    static List<String> known(Map<String, String> environment, Properties properties) {
        List<String> known = new ArrayList<>();
        environment.forEach((name, value) -> add(name, value, known));
        for (String name : properties.stringPropertyNames()) {
            if (VARIABLE.matcher(name).matches()) {
                add(name, properties.getProperty(name), known);
            }
        }
        known.sort(Comparator.comparingInt(String::length).reversed());
        return known;
    }

    private static void add(String name, String value, List<String> known) {
        boolean secret = isSecret(name) || name.matches("(?i).+_(?:pwd|key)");
        if (secret && value.strip().length() >= SHORTEST_KNOWN && isValue(value.strip())) {
            known.add(value.strip());
        }
    }
}
