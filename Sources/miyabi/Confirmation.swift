import ArgumentParser
import Glibc

/// Asks before anything is destroyed.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.")
    var yes = false

    /// Goes on when the person types `word`, or was not to be asked.
    ///
    /// - Parameter deed: what is about to happen, and to what: a sentence without its full stop.
    /// - Throws: `ExitCode.failure` for any other answer; `ValidationError` where nobody can be asked.
    func ask(_ deed: String, word: String = "yes") throws {
        if yes { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw ValidationError("\(deed). There is no terminal to ask at: add --yes to continue.")
        }
        Console.prompt("\(deed). Type \(word) to continue: ")
        guard readLine() == word else {
            Console.error("miyabi: nothing was changed")
            throw ExitCode.failure
        }
    }
}
