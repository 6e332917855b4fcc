/// Values as text that is safe inside SQL, for the few statements that take no parameters.
enum PostgresLiteral {
    /// `text` between single quotes, whatever `standard_conforming_strings` says.
    ///
    /// A text that holds U+0000 stays refused: the statement that it becomes part of is never sent.
    static func quote(_ text: String) -> String {
        var quoted = text.utf8.contains(UInt8(ascii: "\\")) ? "E'" : "'"
        for character in text.unicodeScalars {
            if character == "'" || character == "\\" { quoted.unicodeScalars.append(character) }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "'"
    }
}
