using System.Text.Json;
using Microsoft.DotNet.Interactive;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Magics;

/// <summary>Finds values by what magics say of them, and hands them from language to language by reference.</summary>
internal sealed class Sharing(LanguageSet languages, ICellOutput output, CancellationToken interrupt)
{
    /// <summary>The variables of all languages that have run.</summary>
    public IReadOnlyList<(string Language, Variable Variable)> All() =>
        [.. languages.Started.SelectMany(language => language.Variables.Select(variable => (language.Name, variable)))];

    /// <summary>A variable of a language, or of the one language that has it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">The language; null for any but <paramref name="except"/>.</param>
    /// <param name="except">The language that asks.</param>
    /// <exception cref="SharingException">There is none, or there are several.</exception>
    public Variable Find(string name, string? from, string except)
    {
        if (from is not null)
        {
            from = MagicTable.Find(from)?.Language
                ?? throw new SharingException(
                    $"there is no language {from}: expected one of {string.Join(", ", languages.Names)}");
            var known = languages.Started.FirstOrDefault(language => language.Name == from)?.Variables ?? [];
            return known.LastOrDefault(variable => variable.Name == name) ?? throw Unknown(name, from, known);
        }

        var found = All().Where(variable => variable.Language != except && variable.Variable.Name == name).ToList();
        return found switch
        {
            [var one] => one.Variable,
            [] => throw Unknown(name, "another language",
                [.. All().Where(other => other.Language != except).Select(other => other.Variable)]),
            _ => throw new SharingException(
                $"{string.Join(" and ", found.Select(variable => variable.Language))} each have a variable {name}: "
                + "say which by --from"),
        };
    }

    /// <summary>
    /// The value that a magic names: text, JSON, another language's variable, or an answer of the person at the front end.
    /// </summary>
    /// <param name="token">What the magic says.</param>
    /// <param name="purpose">What it is for, asked where there is no other prompt.</param>
    public Variable Value(MagicToken token, string? purpose)
    {
        switch (token.Kind, token.Source)
        {
            case (MagicTokenKind.Reference, "input" or "password"):
                var (prompt, password) = PromptOf(token, purpose);
                var answer = output.ReadInput(prompt, password, interrupt);
                return password
                    ? new Variable("", typeof(PasswordString), new PasswordString(answer))
                    : new Variable("", typeof(string), answer);
            case (MagicTokenKind.Reference, _):
                return Find(token.Text, token.Source, except: "");
            case (MagicTokenKind.Json, _):
                try
                {
                    return new Variable("", typeof(JsonDocument), JsonDocument.Parse(token.Text));
                }
                catch (JsonException wrong)
                {
                    throw new SharingException($"expected JSON, got {token.Text}: {wrong.Message}");
                }

            default:
                return new Variable("", typeof(string), token.Text);
        }
    }

    /// <summary>The text that a magic names.</summary>
    public string Text(MagicToken token) => Value(token, null).Value switch
    {
        PasswordString secret => secret.GetClearTextPassword(),
        JsonDocument => token.Text,
        var value => value?.ToString() ?? "",
    };

    /// <summary>Declares a variable in a language.</summary>
    /// <param name="language">The language.</param>
    /// <param name="name">The variable's name there.</param>
    /// <param name="value">Its value and type.</param>
    /// <param name="mimeType">Pass it as text in this form; null for the value itself.</param>
    public Task DeclareAsync(string language, string name, Variable value, string? mimeType) => mimeType is null
        ? languages[language].SetVariableAsync(name, value.Value, value.Type)
        : languages[language].SetVariableAsync(name, ValueFormatter.Form(value.Value, mimeType), typeof(string));

    private (string Prompt, bool Password) PromptOf(MagicToken token, string? purpose)
    {
        var password = token.Source == "password";
        if (!token.Text.StartsWith('{'))
        {
            return (token.Text == "" ? purpose ?? "" : token.Text, password);
        }

        try
        {
            using var options = JsonDocument.Parse(token.Text);
            if (options.RootElement.TryGetProperty("saveAs", out _))
            {
                output.Write(OutputStream.Stderr, "saveAs: this kernel keeps no answers, and asks each time\n");
            }

            password |= options.RootElement.TryGetProperty("type", out var type) && type.GetString() == "password";
            var question = options.RootElement.TryGetProperty("prompt", out var prompt) ? prompt.GetString() : purpose;
            return (question ?? "", password);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new SharingException($"expected JSON with texts after @{token.Source}:, got {token.Text}: {wrong.Message}");
        }
    }

    private static SharingException Unknown(string name, string where, IReadOnlyList<Variable> known)
    {
        var names = known.Select(variable => variable.Name).Distinct().ToList();
        var advice = NearestName.Of(name, names) is { } nearest ? $"Do you mean {nearest}?"
            : names is [] ? "It has none." : $"It has {string.Join(", ", names.Take(20))}.";
        return new SharingException($"there is no variable {name} in {where}. {advice}");
    }
}
