/// Names of tables, columns and other objects as text that is safe inside SQL.
public enum PostgresIdentifier {
    /// `name` between double quotes, with its own quotes doubled. The name is then case-sensitive.
    ///
    /// A name that holds U+0000 stays refused: the statement that it becomes part of is never sent.
    public static func quote(_ name: String) -> String {
        var quoted = "\""
        for character in name.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    /// A qualified name, as `quote("public", "users")` gives `"public"."users"`.
    public static func quote(_ schema: String, _ name: String) -> String { quote(schema) + "." + quote(name) }
}
