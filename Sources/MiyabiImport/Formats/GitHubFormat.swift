import DynamoDB
import MiyabiDatabase

/// GitHub webhook deliveries: `{"event": "issues", "example": "opened", "payload": {…}}`, where `event` is the header
/// `X-GitHub-Event`, `payload` the body, and `example` an optional label.
///
/// The sender becomes the user. Deliveries without a sender or a repository are events all the same. The event's
/// identifier follows from the line's content, its time from the payload.
public enum GitHubFormat: ImportFormat {
    /// Understands a line.
    ///
    /// - Throws: What is wrong with it.
    public static func record(_ line: [UInt8]) throws -> ImportRecord {
        let document = try JSONDocument.parse(line)
        guard document.map != nil else { throw LineFault("no JSON object") }
        let event = try document.shortText("event")
        guard let payload = document["payload"], payload.map != nil else { throw LineFault("payload is no object") }
        var content: Item = ["event": .string(event), "payload": payload]
        content["example"] = document["example"]
        guard let id = ULID(timestamp: PayloadTime.of(payload), digest: ContentDigest.of(.map(content))) else {
            throw LineFault("the payload's time is out of range")
        }
        return ImportRecord(
            id: id, type: .webhook, user: try payload["sender"].map(user), repository: try repository(payload),
            data: content, execution: try execution(event, payload))
    }

    private static func user(_ sender: AttributeValue) throws(LineFault) -> GitHubUser {
        GitHubUser(
            githubID: try sender.integer("id", of: "sender", in: 1...Int64.max),
            username: try sender.shortText("login", of: "sender"),
            email: sender["email"] == nil ? nil : try sender.shortText("email", of: "sender"),
            avatarURL: sender["avatar_url"]?.string.flatMap { $0.isEmpty || $0.contains("\0") ? nil : $0 })
    }

    private static func repository(_ payload: AttributeValue) throws(LineFault) -> GitHubRepository? {
        guard let repository = payload["repository"] else { return nil }
        // The full name rather than `owner.login`: the two can differ in case, and rows must agree with themselves.
        let fullName = try repository.shortText("full_name", of: "repository")
        let parts = fullName.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw LineFault("repository.full_name is not owner/name")
        }
        return GitHubRepository(
            githubID: try repository.integer("id", of: "repository", in: 1...Int64.max),
            owner: String(parts[0]), name: String(parts[1]),
            defaultBranch: repository["default_branch"] == nil
                ? nil : try repository.shortText("default_branch", of: "repository"))
    }

    /// What happens to an issue or a pull request is work for an agent.
    private static func execution(
        _ event: String, _ payload: AttributeValue
    ) throws(LineFault) -> ImportRecord.Execution? {
        let (agentType, name): (AgentType, String)
        switch event {
        case "issues": (agentType, name) = (.issue, "issue")
        case "pull_request": (agentType, name) = (.pullRequest, "pull_request")
        default: return nil
        }
        guard let subject = payload[name] else { throw LineFault("payload.\(name) is no object") }
        return ImportRecord.Execution(
            agentType: agentType, issueNumber: try subject.integer("number", of: name, in: 1...Int64(Int32.max)))
    }
}
