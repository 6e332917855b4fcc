/// What a rule is called, how bad its findings are, and what they mean.
public struct Rule: Sendable, Equatable, Codable {
    /// The stable name, in kebab-case.
    public var name: String
    /// The half that it looks at.
    public var half: Half
    /// The worst level of its findings.
    public var level: Level
    /// What is wrong where it finds something, and why that matters; one or two sentences.
    public var meaning: String

    init(_ name: String, _ half: Half, _ level: Level, _ meaning: String) {
        self.name = name
        self.half = half
        self.level = level
        self.meaning = meaning
    }
}

/// What one rule has found, and what it could not look at.
struct Look: Sendable {
    var findings: [Finding] = []
    var unseen: [String] = []

    init(_ findings: [Finding] = [], unseen: [String] = []) {
        self.findings = findings
        self.unseen = unseen
    }
}

/// A rule's way to say that it could not look at all.
struct CannotLook: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension Rule {
    /// A finding of this rule, at its level.
    func finding(
        _ object: String, _ message: String, _ evidence: [String: Evidence] = [:], mend: String
    ) -> Finding { finding(level, object, message, evidence, mend: mend) }

    /// A finding of this rule at another level.
    func finding(
        _ level: Level, _ object: String, _ message: String, _ evidence: [String: Evidence] = [:], mend: String
    ) -> Finding {
        Finding(
            rule: name, level: level, half: half, object: object, message: message, evidence: evidence, mend: mend)
    }
}
