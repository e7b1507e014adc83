-- Runs inside Neovim (0.7 and later): does with the language server what a user does, and writes down how it went.
-- Arguments come as environment variables from neovim.mjs; it judges the results.
local policy = vim.env.IAM_POLICY_FILE
local results = {}

local function report(name, problem)
  table.insert(results, { name = name, problem = problem or vim.NIL })
end

local function finish()
  local file = assert(io.open(vim.env.IAM_POLICY_RESULTS, "w"))
  file:write(vim.json.encode(results))
  file:close()
  vim.cmd("qall!")
end

local function check(name, work)
  local ok, problem = pcall(work)
  report(name, not ok and tostring(problem) or problem)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
end

--- Puts the cursor behind some text.
local function cursor_behind(part)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  for number, line in ipairs(lines) do
    local _, last = line:find(part, 1, true)
    if last then
      vim.api.nvim_win_set_cursor(0, { number, last })
      return
    end
  end
  error("the policy does not have " .. part)
end

local function diagnostics_of(code)
  return vim.tbl_filter(function(it)
    return it.code == code or (it.user_data and it.user_data.lsp and it.user_data.lsp.code == code)
  end, vim.diagnostic.get(0))
end

vim.cmd("edit " .. vim.fn.fnameescape(policy))
vim.bo.filetype = "json"
vim.bo.shiftwidth = 4
vim.bo.expandtab = true

local id = vim.lsp.start_client({
  name = "iam-policy",
  cmd = { vim.env.IAM_POLICY_NODE, vim.env.IAM_POLICY_SERVER, "--stdio" },
  root_dir = vim.fn.fnamemodify(policy, ":h"),
})
if not id then
  report("start", "the client did not start")
  return finish()
end
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
local ready = vim.wait(10000, function()
  return client.initialized == true or client.server_capabilities ~= nil and next(client.server_capabilities) ~= nil
end, 20)
if not ready then
  report("start", "the server did not answer to initialize")
  return finish()
end
local offers = client.server_capabilities

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 5000) or {}
  local answer = answers[id]
  if answer == nil then
    error("no answer to " .. method)
  end
  if answer.err then
    error(method .. ": " .. tostring(answer.err.message))
  end
  return answer.result
end

check("diagnostics", function()
  local seen = vim.wait(5000, function()
    return #diagnostics_of("missing-comma") == 1
  end, 20)
  if not seen then
    return #vim.diagnostic.get(0) .. " diagnostics, and not one missing-comma"
  end
end)

check("code action", function()
  local found = diagnostics_of("missing-comma")[1]
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local title
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      if action.title == "Insert the comma" then
        title = action.title
        return choose(item, 1)
      end
    end
    title = "none of " .. #items .. " is \"Insert the comma\""
  end
  vim.lsp.buf.code_action()
  local gone = vim.wait(5000, function()
    return title ~= nil and #diagnostics_of("missing-comma") == 0
  end, 20)
  if not gone then
    return title or "nothing was offered"
  end
end)

check("formatting", function()
  local before = text()
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = 5000 })
  else
    vim.lsp.buf.formatting_sync(nil, 5000)
  end
  local after = text()
  if after == before then
    return "nothing changed"
  end
  if not after:find('\n    "Statement": [\n        {\n', 1, true) then
    return "the policy is not laid out with four spaces: " .. after:sub(1, 100)
  end
  if after:gsub("%s", "") ~= before:gsub("%s", "") then
    return "something else than white space changed"
  end
end)

check("rename", function()
  cursor_behind('"Sid": "')
  vim.lsp.buf.rename("Renamed")
  local done = vim.wait(5000, function()
    return text():find('"Sid": "Renamed"', 1, true) ~= nil
  end, 20)
  if not done then
    return "the Sid kept its name"
  end
end)

check("document symbols", function()
  local symbols = request("textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() })
  if symbols[1] == nil or symbols[1].name ~= "Renamed" then
    return "the first is not the statement: " .. vim.inspect(symbols[1])
  end
end)

check("semantic tokens", function()
  local tokens = request("textDocument/semanticTokens/full", { textDocument = vim.lsp.util.make_text_document_params() })
  if #tokens.data == 0 then
    return "there are none"
  end
end)

if offers.completionProvider then
  check("completion", function()
    cursor_behind('"s3:')
    local result = request("textDocument/completion", vim.lsp.util.make_position_params(0, "utf-16"))
    local items = result.items or result
    for _, item in ipairs(items) do
      if item.label:find("PutObject", 1, true) then
        return nil
      end
    end
    return #items .. " items, and none is PutObject"
  end)
else
  report("completion", "not offered")
end

if offers.hoverProvider then
  check("hover", function()
    cursor_behind('"s3:Ge')
    local hover = request("textDocument/hover", vim.lsp.util.make_position_params(0, "utf-16"))
    if hover == nil or #vim.lsp.util.convert_input_to_markdown_lines(hover.contents) == 0 then
      return "there is nothing to show"
    end
  end)
else
  report("hover", "not offered")
end

finish()
