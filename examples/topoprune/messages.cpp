// SPDX-License-Identifier: MIT
#include "messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace program {

namespace {

/// Arguments of the library whose option is called otherwise. An empty function is any.
struct renamed {
    std::string_view function;
    std::string_view argument;
    const char* option;
};

constexpr renamed renamed_arguments[] = {
    {"class_budgets", "a quota", "quota"},
    {"class_budgets", "the label of a quota", "quota"},
    {"class_budgets", "keep_per_class", "keep-per-class"},
    {"class_budgets", "an accuracy", "class-accuracy"},
    {"class_budgets", "the number of accuracies", "class-accuracy"},
    {"kept_total", "keep_count", "keep"},
    {"kept_total", "keep_fraction", "keep"},
    {"subset_selection", "a row that must be kept", "must-keep"},
    {"subset_selection", "a row that must be kept and must not,", "must-keep"},
    {"subset_selection", "a row that must not be kept", "never-keep"},
    {"hardest_share", "share", "hardest-share"},
    {"near_duplicates", "distance", "duplicate-distance"},
    {"semantic_duplicates", "epsilon", "duplicate-epsilon"},
    {"neighbor_vote", "k", "vote-neighbors"},
    {"knn_shapley", "k", "shapley-neighbors"},
    {"knn_shapley", "neighbors", "shapley-neighbors"},
    {"message_passing", "k", "message-neighbors"},
    {"facility_location", "epsilon", "greedy-epsilon"},
    {"fdmat", "lambda", "transport-lambda"},
    {"stratified", "least_budget_per_stratum", "least-budget"},
    {"", "skipped_hardest", "skip-hardest"},
    {"", "negative_sample_rate", "negative-samples"},
    {"", "repulsion_strength", "repulsion"},
    {"umap", "set_op_mix_ratio", "mix-ratio"},
    {"pacmap", "iterations", "epochs"},
    {"tsne", "iterations", "epochs"},
    {"coverage", "bandwidth.fixed", "coverage-bandwidth"},
    {"score_between", "lowest", "least-margin"},
    {"semantic_duplicates", "clusters", "duplicate-clusters"},
    {"k_means", "clusters", "pseudo-labels"},
    {"k_means", "the number of clusters", "pseudo-labels"},
    {"", "a preference", "duplicate-preference"},
    {"", "the number of preferences", "duplicate-preference"},
    {"", "the number of scores", "scores"},
    {"", "a score", "scores"},
    {"", "the high end of the score", "high"},
    {"", "the number of first epochs", "first-epochs"},
    {"", "deals", "rounds"},
    {"", "n_directions", "directions"},
    {"fdmat", "the least feature", "features"},
    {"", "a label", "labels"},
    {"", "the number of different labels", "labels"},
    {"", "the number of labels", "labels"},
    {"", "the number of feature rows", "features"},
    {"", "the number of features' rows", "features"},
    {"", "the number of logit rows", "logits"},
    {"", "the number of predictions", "predictions"},
    {"", "the classifier's output", "logits"},
    {"", "the sum of the costs", "from"},
    {"", "the largest ground cost", "from"},
    {"", "the cost of the plan", "from"},
    {"", "an output of the classifier", "logits"},
    {"", "the number of epochs of training dynamics", "dynamics"},
    {"", "the number of points", "points"},
    {"", "number of points", "points"},
    {"", "a coordinate", "points"},
    {"", "the dimension of points", "points"},
    {"", "the number of points", "features"},
    {"", "number of points", "features"},
    {"", "a coordinate", "features"},
};

/// The name of the argument as options are spelled: "sparsity-exponent" of "weights.sparsity_exponent".
std::string spelled_as_option(std::string_view argument, const command_options& command) {
    std::string option(argument.substr(argument.rfind('.') + 1));
    std::replace(option.begin(), option.end(), '_', '-');
    if (!command.has("--" + option) && option.starts_with("n-"))
        option.erase(0, 2);
    return option;
}

/// The text with the names of other arguments spelled as options: "between 0 and --spread".
std::string with_options(std::string_view text, const command_options& command) {
    std::string result, word;
    const auto end_word = [&] {
        const std::string option = "--" + spelled_as_option(word, command);
        const bool is_argument = word == "spread" || word.find('_') != std::string::npos;
        result += is_argument && command.has(option) ? option : word;
        word.clear();
    };
    for (const char letter : text)
        if ((letter >= 'a' && letter <= 'z') || letter == '_') {
            word += letter;
        } else {
            end_word();
            result += letter;
        }
    end_word();
    return result;
}

/// The budgets of all classes together, which `total` is, against what other options ask for or leave over.
std::string about_total(std::string_view rest, const command_options& command) {
    std::string others;
    const bool too_few = rest.find("must be at least") != std::string_view::npos;
    for (const char* option : {"--least-per-class", "--must-keep", "--never-keep", "--short-class"}) {
        const bool leaves_less =
            std::string_view(option) == "--never-keep" || std::string_view(option) == "--short-class";
        if (leaves_less != too_few && command.is_given(option))
            others += (others.empty() ? "" : " and ") + std::string(option);
    }
    const std::string_view number = rest.substr(rest.rfind(' ') + 1);
    const std::string_view value = rest.substr(0, rest.find(','));
    return fmt::format(
        "--keep: the number of samples to keep is {}, must be at {} {}{}", value, too_few ? "least" : "most",
        number,
        too_few ? fmt::format(", what {} asks for", others.empty() ? "the request" : others)
                : fmt::format(", the samples that may be kept{}", others.empty() ? "" : " by " + others));
}

} // namespace

std::string in_terms_of_options(const std::string& message, const command_options& command) {
    const std::size_t colon = message.find(": ");
    const std::size_t is = message.find(" is ", colon);
    if (colon == std::string::npos || is == std::string::npos || message.find(' ') < colon)
        return message;
    const std::string_view whole = message;
    const std::string_view function = whole.substr(0, colon);
    const std::string_view argument = whole.substr(colon + 2, is - colon - 2);
    const std::string_view rest = whole.substr(is + 4);
    if ((function == "bounded_shares" || function == "water_fill") && argument == "total")
        return about_total(rest, command);
    if (argument.starts_with("the number of samples of class "))
        return fmt::format("--short-class stop: {} is {}", argument, rest);
    const auto known =
        std::find_if(std::begin(renamed_arguments), std::end(renamed_arguments), [&](const renamed& each) {
            return (each.function.empty() || each.function == function) && each.argument == argument &&
                   command.has("--" + std::string(each.option));
        });
    const std::string option =
        spelled_as_option(known != std::end(renamed_arguments) ? known->option : argument, command);
    if (!command.has("--" + option))
        return message;
    const bool is_absent =
        rest.starts_with("missing,") || (argument.starts_with("the number of ") && rest.starts_with("0,"));
    if (option == "dynamics" && !command.is_given("--dynamics"))
        return fmt::format("--dynamics is missing: {} needs the outputs of several epochs", function);
    if (option == "high" && !command.is_given("--high"))
        return fmt::format("--high is missing: {} needs to know which end of the scores is hard", function);
    if (is_absent && !command.is_given("--" + option))
        return fmt::format("--{} is missing: {} needs {}", option, function,
                           argument == "the classifier's output" ? "it, or --dynamics" : "it");
    const std::string defect = with_options(rest, command);
    if (argument == option)
        return fmt::format("--{} is {}", option, defect);
    return fmt::format("--{}: {} is {}", option, argument, defect);
}

} // namespace program
