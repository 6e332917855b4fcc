import ArgumentParser
import MiyabiHome

/// What was probably meant by a command that does not exist.
enum CommandSuggestion {
    /// The message for the first word that is no command where one must stand; nil when the command line is wrong elsewhere.
    static func message(for arguments: [String], of root: any ParsableCommand.Type) -> String? {
        var command = root
        var path = [name(root)]
        for word in arguments {
            let subcommands = command.configuration.subcommands
            // An option may have a value, which would look like a command.
            guard !word.hasPrefix("-"), word != "help", !subcommands.isEmpty else { return nil }
            guard let next = subcommands.first(where: { name($0) == word }) else {
                let parent = path.joined(separator: " ")
                let near = nearest(to: word, among: subcommands.map(name))
                return "`\(parent)` has no command `\(word)`" + (near.map { "; did you mean `\(parent) \($0)`?" } ?? "")
                    + "\n  All commands: \(parent) --help"
            }
            command = next
            path.append(word)
        }
        return nil
    }

    /// The name that the fewest changes lead to, if these are few enough for a slip.
    static func nearest(to word: String, among names: [String]) -> String? {
        if let begun = names.filter({ $0.hasPrefix(word) }).first, word.count >= 2 { return begun }
        let near = names.map { ($0, EditDistance.between(word, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
        return near.flatMap { $0.1 <= max(1, word.count / 3) ? $0.0 : nil }
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }
}
